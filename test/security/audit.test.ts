import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { recordEvent } from '../../src/audit/audit.ts';
import { makeSealer } from '../../src/audit/sealer.ts';
import { tidyUp } from '../../src/housekeeping.ts';
import { inTransaction } from '../../src/store/database.ts';
import { doorOf } from '../admin-api/door-of.ts';
import { day, minute, openTestHouse, second, startTestHouse, type TestHouse } from '../helpers/test-house.ts';

interface Verified {
  sound: boolean;
  batches: number;
  rows: number;
  unsealed: number;
  prunedTo: number | null;
  head: string | null;
  findings: { problem: string; fromSeq: number; toSeq: number }[];
}

async function write({ deps }: Pick<TestHouse, 'deps'>, count: number): Promise<void> {
  const entry = { event: 'code-refused', actor: { kind: 'system' } } as const;
  await inTransaction(deps.db, async (tx) => {
    for (let n = 1; n <= count; n++) await recordEvent(tx, deps.now(), { ...entry, details: { n } });
  });
}

async function verify(house: TestHouse, head?: string): Promise<Verified> {
  const answer = await doorOf(house)('/audit/verify', head === undefined ? {} : { head });
  expect(answer.status).toBe(200);
  return Object(await answer.json());
}

/** Two minutes pass: what the sealer has seen after the first, it seals after the second. */
async function seal(house: TestHouse): Promise<void> {
  for (let run = 1; run <= 2; run++) {
    house.wait(minute);
    await house.house.sealer.run();
  }
}

/** A house whose audit has three sealed batches, of 500, 500 and 200 rows. */
async function sealedHouse(): Promise<TestHouse> {
  const house = await openTestHouse();
  await write(house, 1200);
  await seal(house);
  return house;
}

/** The heads as the log has them, oldest first. */
function loggedHeads(house: TestHouse): string[] {
  return house.log.flatMap((line) => /"auditHead":"([^"]+)"/.exec(line)?.[1] ?? []);
}

/** Changes the store by a connection of its own: the file of the embedded database, or the server. */
async function editBehind({ deps }: TestHouse, statement: string): Promise<void> {
  const { databaseUrl, databaseFile } = deps.config;
  if (databaseUrl === undefined) {
    const file = new DatabaseSync(databaseFile);
    file.exec(statement);
    file.close();
    return;
  }
  const client = new pg.Client(databaseUrl);
  await client.connect();
  await client.query(statement);
  await client.end();
}

describe('S68 the audit is sealed', () => {
  test('in batches that follow each other, their heads in the log too', async () => {
    const house = await sealedHouse();
    expect(await verify(house)).toMatchObject({
      sound: true,
      batches: 3,
      rows: 1200,
      unsealed: 0,
      findings: [],
    });
    const heads = loggedHeads(house);
    expect(heads.map((head) => head.split('.')[0])).toEqual(['1', '2', '3']);
    expect((await verify(house)).head).toBe(heads[2]);
    for (const head of heads) expect(await verify(house, head)).toMatchObject({ sound: true });
  });

  test('only as far as it was seen ten seconds before, since a lower number may still be on its way', async () => {
    const house = await openTestHouse();
    const { sealer } = house.house;
    await write(house, 3);
    await sealer.run();
    await write(house, 4);
    house.wait(9 * second);
    await sealer.run();
    expect(await verify(house)).toMatchObject({ rows: 0, unsealed: 7 });
    house.wait(second);
    await sealer.run();
    expect(await verify(house)).toMatchObject({ rows: 3, sound: true });
    house.wait(10 * second);
    await sealer.run();
    expect(await verify(house)).toMatchObject({ batches: 2, sound: true });
  });

  test('by any number of nodes at once, in one chain', async () => {
    const house = await openTestHouse();
    await write(house, 1200);
    const nodes = [1, 2, 3].map(() => makeSealer(house.deps));
    await Promise.all(nodes.map((node) => node.finish()));
    expect(await verify(house)).toMatchObject({ sound: true, batches: 3, rows: 1200 });
  });

  test('to its end when the house is closed, if no other node can still be writing', async () => {
    const { house, stop } = await startTestHouse();
    await write(house, 3);
    await house.house.close();
    const alone = house.deps.config.databaseUrl === undefined;
    expect(loggedHeads(house)).toHaveLength(alone ? 1 : 0);
    await stop();
  });
});

describe('S68 what is done to a sealed audit is found:', () => {
  test('an edit of any field, an added row, a missing row, each in its batch', async () => {
    const house = await sealedHouse();
    const { db } = house.deps;
    for (const changed of [
      { details: '{"n":1}' },
      { at: 1 },
      { event: 'code-accepted' },
      { actor_kind: 'person' },
      { actor: 'x' },
      { subject: 'x' },
      { outcome: 'refused' },
      { address: '192.0.2.1' },
    ]) {
      const { seq: _, ...row } = await db
        .selectFrom('audit')
        .selectAll()
        .where('seq', '=', 700)
        .executeTakeFirstOrThrow();
      await db.updateTable('audit').set(changed).where('seq', '=', 700).execute();
      expect(await verify(house), JSON.stringify(changed)).toMatchObject({
        sound: false,
        findings: [{ problem: 'rows-changed', fromSeq: 501, toSeq: 1000 }],
      });
      await db.updateTable('audit').set(row).where('seq', '=', 700).execute();
    }
    expect((await verify(house)).sound, 'as it was').toBe(true);
    await db.deleteFrom('audit').where('seq', '=', 3).execute();
    expect((await verify(house)).findings).toMatchObject([
      { problem: 'rows-missing', fromSeq: 1, toSeq: 500 },
    ]);
  });

  test('two rows that changed places', async () => {
    const house = await sealedHouse();
    const { db } = house.deps;
    for (const [from, to] of [
      [10, 9999],
      [11, 10],
      [9999, 11],
    ] as const)
      await db.updateTable('audit').set({ seq: to }).where('seq', '=', from).execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'rows-changed', fromSeq: 1 }]);
  });

  test('a row slipped in before the first', async () => {
    const house = await sealedHouse();
    const { seq: _, ...row } = await house.deps.db
      .selectFrom('audit')
      .selectAll()
      .limit(1)
      .executeTakeFirstOrThrow();
    await house.deps.db
      .insertInto('audit')
      .values({ ...row, seq: 0 })
      .execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'rows-added' }]);
  });

  test('a batch taken away with its seal, and a seal made by who has no key', async () => {
    const house = await sealedHouse();
    const { db } = house.deps;
    const second = await db
      .selectFrom('audit_seals')
      .selectAll()
      .where('number', '=', 2)
      .executeTakeFirstOrThrow();
    await db.deleteFrom('audit_seals').where('number', '=', 2).execute();
    await db.deleteFrom('audit').where('seq', '>', 500).where('seq', '<=', 1000).execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'seals-missing', fromSeq: 501 }]);
    await db
      .insertInto('audit_seals')
      .values({ ...second, count: 0 })
      .execute();
    expect((await verify(house)).findings).toMatchObject([
      { problem: 'rows-changed', fromSeq: 501, toSeq: 1000 },
    ]);
    await db.updateTable('audit_seals').set({ key_id: 'unknown' }).where('number', '=', 2).execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'key-missing' }]);
  });

  test('the end cut off with its seals, against a head from the log', async () => {
    const house = await sealedHouse();
    const { db } = house.deps;
    const head = loggedHeads(house).at(-1) ?? '';
    await db.deleteFrom('audit_seals').where('number', '=', 3).execute();
    await db.deleteFrom('audit').where('seq', '>', 1000).execute();
    expect(await verify(house), 'the store alone does not tell').toMatchObject({ sound: true });
    expect((await verify(house, head)).findings).toMatchObject([{ problem: 'end-missing', fromSeq: 1001 }]);
    await write(house, 5);
    await seal(house);
    expect((await verify(house, head)).findings, 'nor does a new end hide it').toMatchObject([
      { problem: 'end-changed' },
    ]);
  });

  test('everything taken away, against a head from the log', async () => {
    const house = await sealedHouse();
    const head = loggedHeads(house).at(-1) ?? '';
    await house.deps.db.deleteFrom('audit').execute();
    await house.deps.db.deleteFrom('audit_seals').execute();
    expect((await verify(house, head)).findings).toMatchObject([{ problem: 'end-missing' }]);
  });

  test('an edit of the database itself, behind the house’s back', async () => {
    const house = await openTestHouse();
    await write(house, 20);
    await makeSealer(house.deps).finish();
    await editBehind(house, `UPDATE audit SET actor = 'somebody-else' WHERE seq = 7`);
    expect(await verify(house)).toMatchObject({
      sound: false,
      findings: [{ problem: 'rows-changed', fromSeq: 1, toSeq: 20 }],
    });
    const told = (await house.audit()).filter(({ event }) => event === 'audit-verified');
    expect(told).toMatchObject([{ outcome: 'refused', actor: 'id-of-anna' }]);
  });
});

describe('the audit is kept as long as the policy says', () => {
  /** Three sealed batches that are 31 days old, and one of today that is not sealed. */
  async function oldHouse(): Promise<TestHouse> {
    const house = await openTestHouse({ policy: { keepAuditDays: 30 } });
    await write(house, 1200);
    await seal(house);
    house.wait(31 * day + minute);
    await write(house, 5);
    return house;
  }
  const seqs = async (house: TestHouse) =>
    (await house.deps.db.selectFrom('audit').select(['seq', 'event']).orderBy('seq').execute()).map(
      ({ event }) => event,
    );

  test('not a day less, and then whole batches go, leaving a checkpoint and what is not sealed', async () => {
    const house = await openTestHouse({ policy: { keepAuditDays: 30 } });
    await write(house, 3);
    await seal(house);
    house.wait(30 * day - minute);
    await tidyUp(house.deps);
    expect(await seqs(house)).toHaveLength(3);
    await write(house, 600);
    await seal(house);
    house.wait(day);
    await tidyUp(house.deps);
    expect(await seqs(house)).toHaveLength(601);
    expect((await seqs(house)).at(-1)).toBe('audit-pruned');
    expect(await verify(house)).toMatchObject({
      sound: true,
      prunedTo: 3,
      batches: 2,
      rows: 600,
      unsealed: 1,
    });
    await tidyUp(house.deps);
    expect((await seqs(house)).filter((event) => event === 'audit-pruned')).toHaveLength(1);
  });

  test('what was never sealed is never pruned', async () => {
    const house = await openTestHouse({ policy: { keepAuditDays: 30 } });
    await write(house, 3);
    house.wait(400 * day);
    await tidyUp(house.deps);
    expect(await seqs(house)).toHaveLength(3);
  });

  test('S68 and nobody hides by a checkpoint of their own, or a row from before it', async () => {
    const house = await oldHouse();
    await tidyUp(house.deps);
    await seal(house);
    expect(await verify(house)).toMatchObject({ sound: true, prunedTo: 1200 });
    const { db } = house.deps;
    const { seq: _, ...row } = await db.selectFrom('audit').selectAll().limit(1).executeTakeFirstOrThrow();
    await db
      .insertInto('audit')
      .values({ ...row, seq: 600 })
      .execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'rows-added', toSeq: 1200 }]);
    await db.deleteFrom('audit').where('seq', '<=', 1201).execute();
    const last = await db
      .selectFrom('audit_seals')
      .selectAll()
      .where('number', '=', 4)
      .executeTakeFirstOrThrow();
    const first = await db
      .selectFrom('audit_seals')
      .selectAll()
      .where('number', '=', 3)
      .executeTakeFirstOrThrow();
    await db
      .updateTable('audit_seals')
      .set({ checkpoint: first.checkpoint })
      .where('number', '=', last.number)
      .execute();
    await db.deleteFrom('audit_seals').where('number', '=', 3).execute();
    await db.deleteFrom('audit').where('seq', '<=', last.to_seq).execute();
    expect((await verify(house)).findings).toMatchObject([{ problem: 'seals-missing' }]);
  });
});
