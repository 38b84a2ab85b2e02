import { type Deps, inTransaction } from '../deps.ts';
import type { Db, Time } from '../store/schema.ts';
import { digestOf, headOf, readLastSeal, readRows, type Seal } from './seals.ts';

/** So many rows share one seal at most. */
const batchSize = 500;

/**
 * How long a row's number must have been seen before it is sealed, in milliseconds. PostgreSQL gives a row its number
 * before the row is committed, so a lower number may still be on its way; no transaction here takes as long as this.
 */
const settled = 10_000;

type SealingDeps = Pick<Deps, 'db' | 'secrets' | 'now' | 'log'>;

/** Chains the rows of the audit, batch by batch. Any number of nodes may have one: of two, one wins each batch. */
export interface Sealer {
  /** Seals what had been seen long enough ago, and looks how far the audit has come. To be called every few seconds: until then an edit is not found. */
  run(): Promise<void>;
  /** Seals every row there is: only where nobody else can still be writing one. */
  finish(): Promise<void>;
}

/** Makes the sealer of one node; each new end of the chain is written to the log as well. */
export function makeSealer(deps: SealingDeps): Sealer {
  let seen: { seq: number; at: Time } | undefined;
  return {
    async run() {
      if (seen && deps.now() - seen.at >= settled) {
        await sealUpTo(deps, seen.seq);
        seen = undefined;
      }
      seen ??= { seq: await readLastSeq(deps.db), at: deps.now() };
    },
    async finish() {
      await sealUpTo(deps, await readLastSeq(deps.db));
    },
  };
}

async function readLastSeq(db: Db): Promise<number> {
  const { last } = await db
    .selectFrom('audit')
    .select((row) => row.fn.max('seq').as('last'))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}

async function sealUpTo(deps: SealingDeps, seq: number): Promise<void> {
  for (;;) {
    const seal = await sealBatch(deps, seq);
    if (!seal) return;
    deps.log.info({ auditHead: headOf(seal), toSeq: seal.to_seq }, 'the audit is sealed this far');
  }
}

/** Seals the next batch; undefined when there is nothing left to seal, or another node has just done it. */
async function sealBatch(deps: SealingDeps, upTo: number): Promise<Seal | undefined> {
  return inTransaction(deps.db, async (tx) => {
    const last = await readLastSeal(tx);
    const rows = await readRows(tx, { from: (last?.to_seq ?? 0) + 1, to: upTo, limit: batchSize });
    const end = rows.at(-1);
    if (!end) return undefined;
    const batch = {
      number: (last?.number ?? 0) + 1,
      from_seq: (last?.to_seq ?? 0) + 1,
      to_seq: end.seq,
      count: rows.length,
      at: deps.now(),
      key_id: deps.secrets.auditSeal.keyId,
      previous: last?.digest ?? '',
    };
    const digest = digestOf(deps.secrets.auditSeal, batch, rows);
    if (digest === undefined) throw new Error('The current key of the ring is not in the ring.');
    const seal = { ...batch, digest, checkpoint: null };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('audit_seals')
      .values(seal)
      .onConflict((c) => c.column('number').doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n ? seal : undefined;
  });
}
