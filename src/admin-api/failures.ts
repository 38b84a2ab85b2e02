import { HTTPException } from 'hono/http-exception';
import type { Deps } from '../deps.ts';
import { DirectoryAway } from '../directory/away.ts';
import { TooBusy } from '../secrets/bounded-queue.ts';
import { IllFormedText } from '../secrets/bytes.ts';
import { isRefusedText } from '../store/refused-text.ts';
import { isStoreAway } from '../store/store-away.ts';
import type { DoorContext } from './door.ts';
import { refusalOf } from './refusal.ts';

/** Answers what went wrong: an unreadable body is the asker's, too much work and a database out of reach pass, the rest is logged and told bare. */
export function answerFailure({ log }: Pick<Deps, 'log'>) {
  return (error: Error, c: DoorContext) => {
    const language = c.get('language');
    if (error instanceof TooBusy) {
      c.header('Retry-After', String(error.retryAfterSeconds));
      return c.json(refusalOf(language, 'too-busy'), 503);
    }
    if (error instanceof DirectoryAway) {
      c.header('Retry-After', String(error.retryAfterSeconds));
      return c.json(refusalOf(language, 'directory-away'), 503);
    }
    if (isStoreAway(error)) {
      log.warn({ failure: error.name, route: c.req.routePath }, 'the database is away');
      c.header('Retry-After', '5');
      return c.json(refusalOf(language, 'away'), 503);
    }
    const isHttp = error instanceof HTTPException && error.status < 500;
    if (error instanceof IllFormedText || isHttp || isRefusedText(error))
      return c.json(refusalOf(language, 'body-unreadable'), 400);
    log.error({ err: error, route: c.req.routePath }, 'a request of an administrator failed');
    return c.json(refusalOf(language, 'failed'), 500);
  };
}
