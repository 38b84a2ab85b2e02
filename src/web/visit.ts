import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import type { Session, SessionData } from 'express-session';
import type { Config } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { makePolicyReader, type PolicyReader } from '../policy/versions.ts';
import { makePresentReader, type Present } from '../registrations/present.ts';
import type { Methods } from '../registrations/registration.ts';
import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { csrfToken, readVisitNonce, sendsVisit, startVisit } from './csrf.ts';
import { chooseLanguage, keepLanguage, languageCookie } from './language.ts';
import { makeRender, type Render } from './render.ts';
import { signedIn } from './session.ts';
import type { Frame } from './views.ts';

/** What all pages of one app share: the outside world, the renderer, the files of `public/`, the policy in force. */
export interface Site {
  deps: Deps;
  render: Render;
  assets: Frame['assets'];
  policies: PolicyReader;
  readPresent(id: string): Promise<Present | undefined>;
}

/** What is known of a request once it has been looked at. */
interface Opening {
  req: Request;
  res: Response;
  query: Request['query'];
  present: Present | undefined;
  policy: Policy;
  language: Language;
  nonce: string;
}

/** One request as a page sees it. */
export class Visit {
  readonly site: Site;
  readonly deps: Deps;
  readonly req: Request;
  readonly res: Response;
  readonly query: Request['query'];
  /** Where this is, without the query. */
  readonly path: string;
  readonly now: Time;
  readonly policy: Policy;
  readonly language: Language;
  readonly t: Words;
  /** The id of the section that htmx wants filled, or undefined when a whole page is asked. */
  readonly target: string | undefined;
  session: Session & Partial<SessionData>;
  person: Person | undefined;
  readonly #present: Present | undefined;
  readonly #nonce: string;

  constructor(site: Site, { req, res, query, present, policy, language, nonce }: Opening) {
    this.site = site;
    this.deps = site.deps;
    this.req = req;
    this.res = res;
    this.query = query;
    this.path = req.path;
    this.now = site.deps.now();
    this.policy = policy;
    this.language = language;
    this.t = wordsOf(language);
    this.target = targetOf(req);
    this.session = req.session;
    this.person = present?.person;
    this.#present = present;
    this.#nonce = nonce;
  }

  /** The methods of the person that have a destination, as they were when the visit began. */
  get methods(): Methods {
    return this.#present?.methods() ?? { registrations: {}, unreadable: [] };
  }

  /** The network address, as far as the proxy is trusted (S34). */
  get address(): string {
    return this.req.ip ?? '';
  }

  get csrf(): string {
    return csrfToken(this.deps, this.#nonce);
  }
}

/** A visit by somebody signed in. */
export type PersonVisit = Visit & { person: Person };

function versioned(file: string, path: string): string {
  return `${path}?v=${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 10)}`;
}

/** Makes what all pages share. */
export function makeSite(deps: Deps, config: Config): Site {
  const assets = {
    css: versioned(join(config.publicFolder, 'main.css'), '/main.css'),
    htmx: versioned(config.htmxFile, '/htmx.js'),
    rows: versioned(join(config.publicFolder, 'rows.js'), '/rows.js'),
  };
  return {
    deps,
    render: makeRender(config.views),
    assets,
    policies: makePolicyReader(deps.db),
    readPresent: makePresentReader({ db: deps.db, sealing: deps.secrets.sealing }),
  };
}

/** `HX-Target` names the element as `tag#id`. */
function targetOf(req: Request): string | undefined {
  const { 'hx-request': asks, 'hx-target': target = '' } = req.headers;
  return asks === 'true' ? (String(target).split('#')[1] ?? '') : undefined;
}

/** Who is signed in keeps the nonce of the sign-in: a visit cookie that got lost or was planted is set right. */
function nonceOf(
  deps: Deps,
  { req, res }: { req: Request; res: Response },
  signedIn: string | undefined,
): string {
  if (signedIn !== undefined && sendsVisit(deps, req, signedIn)) return signedIn;
  const held = signedIn === undefined ? readVisitNonce(deps, req) : undefined;
  return held ?? startVisit(deps, res, signedIn);
}

/** Reads everything a page needs to know of a request. */
export async function openVisit(site: Site, req: Request, res: Response): Promise<Visit> {
  const { deps } = site;
  const present = await signedIn(site, req.session);
  const policy = await (present ? site.policies.of(present.policyVersion) : site.policies.latest());
  const person = present?.person;
  const preferred = { person: person?.language ?? null, house: policy.defaultLanguage };
  const { query } = req;
  const language = chooseLanguage({ req, query }, preferred, languageCookie(deps.config));
  keepLanguage(query, res, deps.config);
  res.setHeader('Vary', 'HX-Request, HX-Target');
  const { resetId, visit: own } = req.session;
  const nonce = nonceOf(deps, { req, res }, person || resetId !== undefined ? own : undefined);
  return new Visit(site, { req, res, query, present, policy, language, nonce });
}
