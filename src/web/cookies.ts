import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { Config } from '../config/config.ts';

/** Under https our cookies carry the prefix that keeps other hosts and paths from setting them. */
export function cookieName(config: Config, name: string): string {
  return config.baseUrl.startsWith('https:') ? `__Host-${name}` : name;
}

/** Reads one cookie; text browsers send odd pairs along, which are passed over. */
export function readCookie(req: Request, name: string): string | undefined {
  const { cookie = '' } = req.headers;
  // Most cookies that are asked for are not there.
  return cookie.includes(`${name}=`) ? parseCookie(cookie)[name] : undefined;
}

/** Whether the browser sent any cookie at all. */
export function sendsCookies(req: Request): boolean {
  return (req.headers.cookie ?? '') !== '';
}

/** Sets a cookie for this host only, out of reach of scripts; without `maxAge` (ms) it ends with the browser. */
export function setCookie(
  res: Response,
  config: Config,
  cookie: { name: string; value: string; maxAge?: number },
): void {
  const secure = config.baseUrl.startsWith('https:');
  const life = cookie.maxAge === undefined ? {} : { maxAge: cookie.maxAge };
  res.cookie(cookie.name, cookie.value, { httpOnly: true, sameSite: 'lax', path: '/', secure, ...life });
}

/** Has the browser forget a cookie of ours: with the attributes it was set with, or a `__Host-` cookie would stay. */
export function clearCookie(res: Response, config: Config, name: string): void {
  const secure = config.baseUrl.startsWith('https:');
  res.clearCookie(name, { httpOnly: true, sameSite: 'lax', path: '/', secure });
}
