import session, { type SessionData } from 'express-session';
import { z } from 'zod';
import type { SessionList } from '../deps.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Db, Time } from '../store/schema.ts';
import { idleLife } from './session-data.ts';
import { makeTouches, type Touches } from './touches.ts';

/** What an ended session holds. */
const ended = '';

interface Parts {
  db: Db;
  tokens: Secrets['tokens'];
  now(): Time;
}

type Callback<T> = (error: unknown, value?: T) => void;

function answer<T>(work: Promise<T>, callback: Callback<T> | undefined): void {
  work.then(
    (value) => callback?.(null, value),
    (error) => callback?.(error),
  );
}

const neededSchema = z.looseObject({ cookie: z.looseObject({}) });
// Sealed by us alone, so its inside is ours; the shape that express-session itself needs is looked at.
const sessionSchema = z.custom<SessionData>((data) => neededSchema.safeParse(data).success);

/** Seals a session whole: it may hold a typed number or address (S23). */
export function sealSession(tokens: Secrets['tokens'], data: object): string {
  return tokens.sealCookie('session', JSON.stringify(data));
}

/** Opens a sealed session; null when it was made with keys that are gone. */
export function openSession(tokens: Secrets['tokens'], sealed: string): SessionData | null {
  const json = tokens.openCookie('session', sealed);
  return json === null ? null : sessionSchema.parse(JSON.parse(json));
}

/** Sessions in Sparekey's own database, sealed; the default when there is no Redis. */
export class DatabaseSessionStore extends session.Store {
  readonly #parts: Parts;
  readonly #touches: Touches;

  constructor(parts: Parts) {
    super();
    this.#parts = parts;
    this.#touches = makeTouches(parts.now);
  }

  override get(id: string, callback: (error: unknown, data?: SessionData | null) => void): void {
    answer(this.#read(id), callback);
  }

  override set(id: string, data: SessionData, callback?: (error?: unknown) => void): void {
    answer(this.#write(id, data), callback);
  }

  override destroy(id: string, callback?: (error?: unknown) => void): void {
    answer(this.#end(id), callback);
  }

  override touch(id: string, _data: SessionData, callback?: () => void): void {
    if (this.#touches.isDue(id)) answer(this.#touch(id), () => callback?.());
    else callback?.();
  }

  async #read(id: string): Promise<SessionData | null> {
    const { db, tokens, now } = this.#parts;
    const row = await db
      .selectFrom('sessions')
      .select('data')
      .where('id', '=', id)
      .where('expires_at', '>', now())
      .where('data', '!=', ended)
      .executeTakeFirst();
    return row ? openSession(tokens, row.data) : null;
  }

  /** The row stays for a while, empty: an answer still under way would write the session anew. */
  async #end(id: string): Promise<void> {
    const { db, now } = this.#parts;
    const row = { person_id: null, data: ended, expires_at: now() + idleLife };
    await db.updateTable('sessions').set(row).where('id', '=', id).execute();
  }

  async #write(id: string, data: SessionData): Promise<void> {
    const { db, tokens, now } = this.#parts;
    const row = {
      person_id: data.personId ?? null,
      data: sealSession(tokens, data),
      expires_at: now() + idleLife,
    };
    await db
      .insertInto('sessions')
      .values({ id, ...row })
      .onConflict((c) => c.column('id').doUpdateSet(row).where('sessions.data', '!=', ended))
      .execute();
  }

  async #touch(id: string): Promise<void> {
    const { db, now } = this.#parts;
    await db
      .updateTable('sessions')
      .set({ expires_at: now() + idleLife })
      .where('id', '=', id)
      .execute();
  }
}

/** Ends a session through its store; rejects when the store does. */
export function destroySession(store: session.Store, id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    store.destroy(id, (error: unknown) => (error ? reject(error) : resolve()));
  });
}

/** The sessions of one person, as the database keeps them. */
export function databaseSessionList({ db, tokens, now }: Parts, store: DatabaseSessionStore): SessionList {
  return {
    async list(personId) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('person_id', '=', personId)
        .where('expires_at', '>', now())
        .where('data', '!=', ended)
        .execute();
      return rows.flatMap(({ id, data: sealed, expires_at }) => {
        const data = openSession(tokens, sealed);
        return data ? [{ id, data, lastUsedAt: expires_at - idleLife }] : [];
      });
    },
    end: (id) => destroySession(store, id),
  };
}

/** Removes sessions that have ended. */
export async function forgetSessions(db: Db, now: Time): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute();
}
