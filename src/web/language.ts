import type { Request, Response } from 'express';
import type { Config } from '../config/config.ts';
import { type Language, languages } from '../words/languages.ts';
import { cookieName, readCookie, setCookie } from './cookies.ts';
import { ownPath } from './return-path.ts';

const year = 365 * 86_400_000;

/** A request, and its query: Express takes the query apart anew each time it is asked for it. */
interface Asked {
  req: Request;
  query: Request['query'];
}

function languageNamed(text: unknown): Language | undefined {
  return languages.find((language) => language === text);
}

/**
 * The language of an answer: the link `?lang=`, else the cookie it left, else the person's own, else what the browser
 * asks for, else the house's. Text browsers ask for nothing worth having, hence the link.
 */
export function chooseLanguage(
  { req, query }: Asked,
  preferred: { person: Language | null; house: Language },
  cookie: string,
): Language {
  const asked = languageNamed(query.lang) ?? languageNamed(readCookie(req, cookie)) ?? preferred.person;
  if (asked) return asked;
  const browser = req.headers['accept-language'] ? req.acceptsLanguages([...languages]) : false;
  return languageNamed(browser) ?? preferred.house;
}

/** Keeps the language chosen by the link `?lang=` in a cookie. */
export function keepLanguage(query: Asked['query'], res: Response, config: Config): void {
  const language = languageNamed(query.lang);
  if (language) setCookie(res, config, { name: languageCookie(config), value: language, maxAge: year });
}

/** The name of the cookie that keeps the language. */
export function languageCookie(config: Config): string {
  return cookieName(config, 'language');
}

function isKept(pair: [string, unknown]): pair is [string, string] {
  return pair[0] !== 'lang' && typeof pair[1] === 'string';
}

/** This page in another language, its query kept; of a path that is not ours only the start page. */
export function languageLink(
  { path, query }: { path: string; query: Asked['query'] },
  language: Language,
): string {
  const kept = Object.entries(query).filter(isKept);
  const more = kept.length === 0 ? '' : `${new URLSearchParams(kept)}&`;
  return `${ownPath(path) ?? '/'}?${more}lang=${language}`;
}
