import { pino } from 'pino';
import type { Destination } from '../../src/delivery/content.ts';
import type { Channel, Outgoing, Transport, Transports } from '../../src/delivery/delivery.ts';
import { enqueueCode, enqueueNotice } from '../../src/delivery/queue.ts';
import type { GivenUp } from '../../src/delivery/settle.ts';
import { makeDeliveryWorker, type WorkerNeeds } from '../../src/delivery/worker.ts';
import { makeCodes } from '../../src/secrets/codes.ts';
import { makeKeyRing } from '../../src/secrets/key-ring.ts';
import { makeSealing } from '../../src/secrets/sealing.ts';
import type { Database } from '../../src/store/schema.ts';
import type { Language } from '../../src/words/languages.ts';
import { openTestDatabase } from '../helpers/database.ts';

/** 22 November 2026, 19:22 in Amsterdam; codes made now are valid until 19:32. */
export const start = Date.UTC(2026, 10, 22, 18, 22);
export const minute = 60_000;

const values = {
  text: { kind: 'authentication-phone', number: '+31612345678', channel: 'text' },
  call: { kind: 'office-phone', number: '+31201234567', extension: '204', channel: 'call' },
  mail: { kind: 'authentication-email', address: 'anna@example.com' },
} as const satisfies Record<Channel, object>;

interface Organisation {
  name: string;
  helpContact: string | null;
}

/** Plays a gateway: keeps what it takes, and answers as the test says. */
export function playTransport() {
  const taken: Outgoing[] = [];
  const transport = {
    taken,
    answer: async (_message: Outgoing): Promise<void> => {},
    async send(message: Outgoing) {
      await transport.answer(message);
      taken.push(message);
      return {};
    },
    close: async () => {},
  };
  return transport satisfies Transport;
}

/** A migrated database in memory, real secrets, a clock that stands still, and a queue to fill. */
export async function makeHouse(given?: Database) {
  const db = given ?? (await openTestDatabase());
  const clock = { time: start };
  const now = () => clock.time;
  const ring = makeKeyRing(now);
  const secrets = { sealing: makeSealing(ring), codes: makeCodes(ring) };
  const logged: string[] = [];
  const givenUp: GivenUp[] = [];
  const organisation: Organisation = { name: 'Voorbeeld BV', helpContact: null };
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) });
  await db
    .insertInto('people')
    .values({
      id: 'anna',
      user_name: 'anna',
      display_name: 'Anna',
      appeared_at: start,
      session_epoch: 0,
      proven_methods: 0,
      question_count: 0,
    })
    .execute();

  async function addChallenge(id: string, channel: Channel, language: Language = 'nl'): Promise<string> {
    const value = secrets.sealing.seal(JSON.stringify(values[channel]), {
      table: 'challenges',
      person: 'anna',
      column: 'value',
    });
    await db
      .insertInto('challenges')
      .values({
        id,
        value,
        language,
        person_id: 'anna',
        purpose: `test ${id}`,
        method: values[channel].kind,
        destination: secrets.sealing.fingerprint('destination', id),
        key_id: secrets.codes.keyId,
        created_at: now(),
        expires_at: now() + 10 * minute,
        tries: 0,
        asked_at: now(),
        authorised_until: now(),
      })
      .execute();
    return secrets.codes.codeOf(id, secrets.codes.keyId);
  }

  const needs = { now, sealing: secrets.sealing };
  return {
    db,
    clock,
    now,
    secrets,
    logged,
    givenUp,
    organisation,
    addChallenge,
    enqueue: (challengeId: string, channel: Channel) =>
      enqueueCode(db, needs, { challengeId, personId: 'anna', channel }),
    /** Puts a challenge and its message in, and gives its code. */
    async requestCode(id: string, channel: Channel, language: Language = 'nl'): Promise<string> {
      const code = await addChallenge(id, channel, language);
      await enqueueCode(db, needs, { challengeId: id, personId: 'anna', channel });
      return code;
    },
    notify: (to: Destination, language: Language = 'nl') =>
      enqueueNotice(db, needs, {
        personId: 'anna',
        to,
        language,
        notice: { kind: 'method-changed', method: 'authentication-phone', at: now() },
      }),
    makeWorker: (transports: Transports, more: Partial<WorkerNeeds> = {}) =>
      makeDeliveryWorker({
        db,
        now,
        secrets,
        transports,
        log,
        readOrganisation: async () => organisation,
        baseUrl: 'https://sparekey.example.org',
        timeZone: 'Europe/Amsterdam',
        onGivenUp: async (_tx, message) => void givenUp.push(message),
        ...more,
      }),
    readMessages: () => db.selectFrom('messages').selectAll().orderBy('created_at').execute(),
    readChallenge: (id: string) =>
      db.selectFrom('challenges').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** Every row of every table a code could hide in, as text. */
    async dump(): Promise<string> {
      const messages = await db.selectFrom('messages').selectAll().execute();
      const challenges = await db.selectFrom('challenges').selectAll().execute();
      return JSON.stringify({ messages, challenges });
    },
    close: () => db.destroy(),
  };
}

export type House = Awaited<ReturnType<typeof makeHouse>>;
