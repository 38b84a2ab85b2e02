import { argon2id, hash } from 'argon2';
import { codeLife } from '../../src/challenges/challenge.ts';
import { insertChallenge } from '../../src/challenges/create.ts';
import { verifyChallenge } from '../../src/challenges/verify.ts';
import { type Deps, inTransaction } from '../../src/deps.ts';
import type { AddressedMethod } from '../../src/methods/method.ts';
import { type Person, readPerson } from '../../src/people/person.ts';
import { defaultPolicy } from '../../src/policy/policy.ts';
import { importOnce } from './import-file.ts';

const method: AddressedMethod = { kind: 'authentication-email', address: 'bench@example.com' };
const atOnce = 500;

/** What the house's process does when it is asked to, so many times. */
export const works: Record<string, (deps: Deps, times: number) => Promise<void>> = {
  hash: hashRaw,
  challenges: async (deps, times) => void (await makeChallenges(deps, times)),
  commit: commitEach,
  verify: verifyEach,
  import: async (deps, times) => void (await importOnce(deps, times, { bytes: 0 })),
};

/** Hashes at the house's own cost and number of workers, with nothing around it. */
async function hashRaw({ config }: Deps, times: number): Promise<void> {
  let left = times;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await hash('a password', { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    }
  };
  await Promise.all(Array.from({ length: config.hashing.workers }, work));
}

/** Adds people with a live challenge each; gives one of their ids for each. */
async function makeChallenges(deps: Deps, times: number): Promise<string[]> {
  const prefix = `bench-${deps.now()}-`;
  const ids = Array.from({ length: times }, (_, at) => `${prefix}${at}`);
  const wanted = {
    ...{ purpose: 'register' as const, method, language: 'nl' as const, policy: defaultPolicy },
    ...{ authorisedUntil: deps.now() + codeLife, address: '127.0.0.1' },
  };
  const template = await deps.db.selectFrom('people').selectAll().limit(1).executeTakeFirstOrThrow();
  const known = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, template.id);
  if (!known) throw new Error('nobody is there');
  for (let at = 0; at < times; at += atOnce)
    await inTransaction(deps.db, async (tx) => {
      for (const id of ids.slice(at, at + atOnce)) {
        await tx
          .insertInto('people')
          .values({ ...template, id, user_name: id, work_mailbox: null, office_phone: null })
          .execute();
        await insertChallenge(tx, deps, { person: known.after({ id }), wanted, id, at: deps.now() });
      }
      await tx.updateTable('challenges').set({ sent_at: deps.now() }).where('sent_at', 'is', null).execute();
    });
  return ids;
}

/** Writes one row and waits until it is on the disk, one after the other: the database's own rate. */
async function commitEach({ db, now }: Deps, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await db
      .insertInto('meta')
      .values({ name: 'bench', value: `${now()} ${time}` })
      .onConflict((c) => c.column('name').doUpdateSet({ value: `${now()} ${time}` }))
      .execute();
}

/** Verifies a right code for each of the people whose challenges were made before. */
async function verifyEach(deps: Deps, times: number): Promise<void> {
  const { codes, sealing } = deps.secrets;
  const ids = await deps.db
    .selectFrom('challenges')
    .select('id')
    .where('ended_at', 'is', null)
    .limit(times)
    .execute();
  for (const { id } of ids) {
    const person: Person | undefined = await readPerson({ db: deps.db, sealing }, id);
    if (!person) throw new Error('nobody is there');
    const verified = await verifyChallenge(deps, person, {
      ...{ challengeId: id, purpose: 'register', code: codes.codeOf(id, codes.keyId) },
      ...{ address: '127.0.0.1', keep: async () => {} },
    });
    if (verified.result !== 'verified') throw new Error(verified.result);
  }
}
