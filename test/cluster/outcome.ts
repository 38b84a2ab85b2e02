import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { challengeOf } from '../../src/challenges/challenge.ts';
import type { Deps } from '../../src/deps.ts';
import { destinationKey } from '../../src/methods/method.ts';
import { readRegistrations } from '../../src/registrations/registration.ts';
import type { SmtpHelper } from '../helpers/smtp-server.ts';
import type { Registrant } from './registrant.ts';

/** What reached somebody: to whom, and the code in it if there is one. */
export interface Delivered {
  channel: 'text' | 'mail';
  to: string;
  code: string | undefined;
}

function codeIn(text: string): string | undefined {
  return /\b(\d{3}) (\d{3})\b/.exec(text)?.slice(1).join('');
}

function readText(text: string): Delivered {
  return { channel: 'text', to: /^To: (.*)$/m.exec(text)?.[1] ?? '', code: codeIn(text) };
}

/** Reads what is delivered, each text once: every text that a node wrote and every mail that the server took. */
export function makePostbox(out: string, smtp: Pick<SmtpHelper, 'mails'>): () => Promise<Delivered[]> {
  const texts = new Map<string, Delivered>();
  const mails = new Map<object, Delivered>();
  return async () => {
    const names = (await readdir(out).catch(() => [])).filter((name) => name.endsWith('.txt'));
    for (const name of names.filter((one) => !texts.has(one)))
      texts.set(name, readText(await readFile(join(out, name), 'utf8')));
    for (const arrived of smtp.mails.filter((one) => !mails.has(one))) {
      const to = arrived.recipients[0] ?? '';
      mails.set(arrived, { channel: 'mail', to, code: codeIn(arrived.mail.text ?? '') });
    }
    return [...texts.values(), ...mails.values()];
  };
}

/** Everybody who was told that a method is ready has it, once; each code that counted counted once. */
export async function lookAtPeople(deps: Deps, people: readonly Registrant[]): Promise<void> {
  const { db, secrets } = deps;
  for (const person of people) {
    const { id } = await db
      .selectFrom('people')
      .select('id')
      .where('user_name', '=', person.userName)
      .executeTakeFirstOrThrow();
    const registrations = await readRegistrations({ db, sealing: secrets.sealing }, id);
    const events = await db
      .selectFrom('audit')
      .select(['event', 'details'])
      .where('subject', '=', id)
      .execute();
    const used = await db
      .selectFrom('challenges')
      .select('method')
      .where('person_id', '=', id)
      .where('ended_as', '=', 'used')
      .execute();
    for (const [kind, destination] of person.ready) {
      const method = registrations[kind]?.method;
      expect(method && destinationKey(method), `${person.userName}: ${kind}`).toContain(destination);
      expect(used.filter((one) => one.method === kind)).toHaveLength(1);
      for (const event of ['code-accepted', 'method-registered'])
        expect(events.filter((one) => one.event === event && one.details.includes(kind))).toHaveLength(1);
    }
  }
}

/** Messages that were sent, deliveries beyond one each, and messages dropped because their challenge had ended. */
export interface Counts {
  sent: number;
  duplicates: number;
  dropped: number;
}

/** How the queue ended: every message delivered at least once, or dropped because its challenge had ended. */
export async function countMessages(deps: Deps, delivered: readonly Delivered[]): Promise<Counts> {
  const { db } = deps;
  const messages = await db.selectFrom('messages').selectAll().execute();
  const challenges = await db.selectFrom('challenges').selectAll().execute();
  const byId = new Map(challenges.map((row) => [row.id, row]));
  const counts = { sent: 0, dropped: 0, duplicates: 0 };
  const expected = new Map<string, number>();
  for (const { challenge_id, state, channel } of messages) {
    expect(['sent', 'dropped']).toContain(state);
    const challenge = challenge_id === null ? undefined : byId.get(challenge_id);
    if (state === 'dropped') {
      counts.dropped += 1;
      expect(challenge?.ended_at, 'dropped because its challenge had ended').toBeTypeOf('number');
      continue;
    }
    counts.sent += 1;
    const key = challenge ? keyOf(deps, challenge) : `${channel}:notice`;
    expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  const arrived = Map.groupBy(delivered, ({ channel, to, code }) =>
    code === undefined ? `${channel}:notice` : `${to}:${code}`,
  );
  for (const [key, count] of expected)
    expect(arrived.get(key)?.length ?? 0, `deliveries of ${key.split(':')[0]}`).toBeGreaterThanOrEqual(count);
  counts.duplicates = delivered.length - counts.sent;
  return counts;
}

function keyOf(deps: Deps, row: Parameters<typeof challengeOf>[1]): string {
  const { id, keyId, method } = challengeOf(deps, row);
  const to = method.kind === 'authentication-email' ? method.address : method.number;
  return `${to}:${deps.secrets.codes.codeOf(id, keyId)}`;
}
