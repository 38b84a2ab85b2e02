import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Deps } from '../../src/deps.ts';
import { inTransaction } from '../../src/deps.ts';
import { destinationKey } from '../../src/methods/method.ts';
import { refreshFacts } from '../../src/registrations/facts.ts';
import { readRegistrations } from '../../src/registrations/registration.ts';
import type { Walker } from './walker.ts';

async function readFacts({ db }: Pick<Deps, 'db'>) {
  return db
    .selectFrom('people')
    .select(['id', 'user_name', 'proven_methods', 'question_count', 'last_check_at'])
    .orderBy('id')
    .execute();
}

/** What every person's row says is what follows from their methods. */
async function lookAtFacts(deps: Deps): Promise<void> {
  const before = await readFacts(deps);
  await inTransaction(deps.db, async (tx) => {
    for (const { id } of before) await refreshFacts(tx, deps, id);
  });
  expect(await readFacts(deps)).toEqual(before);
}

/** A proven method, its used code and its audit events come together or not at all. */
async function lookAtProofs(deps: Deps, personId: string): Promise<void> {
  const { db, secrets } = deps;
  const registrations = await readRegistrations({ db, sealing: secrets.sealing }, personId);
  const events = await db
    .selectFrom('audit')
    .select(['event', 'details'])
    .where('subject', '=', personId)
    .execute();
  const used = await db
    .selectFrom('challenges')
    .select('method')
    .where('person_id', '=', personId)
    .where('ended_as', '=', 'used')
    .execute();
  for (const kind of ['authentication-phone', 'authentication-email'] as const) {
    const times = registrations[kind] ? 1 : 0;
    const told = events.filter(({ details }) => details.includes(kind)).map(({ event }) => event);
    for (const event of ['code-accepted', 'method-registered'])
      expect(told.filter((one) => one === event).length, `${event} of ${kind}`).toBe(times);
    expect(used.filter(({ method }) => method === kind).length, `used codes of ${kind}`).toBe(times);
  }
}

/** Answers stand at places without a gap, each with its hash, its sealed copy and one audit event. */
async function lookAtAnswers({ db }: Deps, personId: string): Promise<number[]> {
  const answers = await db
    .selectFrom('answers')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('position')
    .execute();
  const events = await db
    .selectFrom('audit')
    .select('event')
    .where('subject', '=', personId)
    .where('event', '=', 'question-answered')
    .execute();
  expect(answers.map(({ position }) => position)).toEqual(answers.map((_answer, index) => index + 1));
  expect(events.length).toBe(answers.length);
  for (const { hash, sealed } of answers) {
    expect(hash).toContain('$argon2id$');
    expect(sealed).not.toBeNull();
  }
  return answers.map(({ position }) => position);
}

/** What waits in the queue can still be sent: its code's challenge is known, its content opens. */
async function lookAtQueue({ db, secrets }: Deps): Promise<void> {
  const waiting = await db.selectFrom('messages').selectAll().where('state', '=', 'waiting').execute();
  for (const { challenge_id, content, person_id } of waiting) {
    if (challenge_id === null) {
      const binding = { table: 'messages', person: person_id ?? '', column: 'content' };
      expect(() => secrets.sealing.open(content ?? '', binding)).not.toThrow();
      continue;
    }
    const challenge = await db.selectFrom('challenges').select('id').where('id', '=', challenge_id).execute();
    expect(challenge.length).toBe(1);
  }
}

/** Looks through the whole database of a server that has ended: nothing half-written, and all that pages said is there. */
export async function lookThrough(deps: Deps, walkers: readonly Walker[]): Promise<void> {
  if (deps.config.databaseUrl === undefined) {
    const sound = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(deps.db);
    expect(sound.rows).toEqual([{ integrity_check: 'ok' }]);
  }
  await lookAtFacts(deps);
  await lookAtQueue(deps);
  for (const walker of walkers) {
    const { id } = await deps.db
      .selectFrom('people')
      .select('id')
      .where('user_name', '=', walker.userName)
      .executeTakeFirstOrThrow();
    await lookAtProofs(deps, id);
    const registrations = await readRegistrations({ db: deps.db, sealing: deps.secrets.sealing }, id);
    for (const [kind, destination] of walker.ready) {
      const method = registrations[kind]?.method;
      expect(method && destinationKey(method), `${walker.userName}: ${kind}`).toContain(destination);
    }
    expect(await lookAtAnswers(deps, id)).toEqual(expect.arrayContaining([...walker.kept]));
  }
}
