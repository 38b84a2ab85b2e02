import { type Deps, inTransaction } from '../deps.ts';
import type { AuditSeal } from '../secrets/audit-seal.ts';
import type { Db, Time } from '../store/schema.ts';
import { checkpointOf, digestOf, headOf, readRows, type Seal } from './seals.ts';

/** What is not as it was sealed, and between which rows. */
export interface Finding {
  problem:
    | 'rows-changed'
    | 'rows-missing'
    | 'rows-added'
    | 'seals-missing'
    | 'seal-changed'
    | 'key-missing'
    | 'end-missing'
    | 'end-changed';
  fromSeq: number;
  toSeq: number;
  /** When the batch was sealed; null where there is none. */
  at: Time | null;
}

/** What looking through the whole audit gave. */
export interface Verified {
  batches: number;
  rows: number;
  /** Rows too young to be sealed: nothing can be said of them yet. */
  unsealed: number;
  /** Up to which row the audit was pruned; null when it never was. */
  prunedTo: number | null;
  /** The end of the chain now. */
  head: string | null;
  findings: Finding[];
}

/** After so many findings the rest says nothing new. */
const mostFindings = 100;

interface Walk {
  auditSeal: AuditSeal;
  /** The end of the chain as somebody noted it before, if they did. */
  noted: { number: number; head: string } | undefined;
  last: Seal | undefined;
  verified: Verified;
}

/**
 * Looks through the whole audit for rows that were edited, added or taken away since they were sealed. Only against a
 * head that was noted elsewhere (the log has each) can it find that the end was cut off together with its seals.
 */
export async function verifyAudit(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  noted?: { number: number; head: string },
): Promise<Verified> {
  const verified: Verified = { batches: 0, rows: 0, unsealed: 0, prunedTo: null, head: null, findings: [] };
  const walk: Walk = { auditSeal: secrets.auditSeal, noted, last: undefined, verified };
  while (verified.findings.length < mostFindings) {
    const seal = await inTransaction(db, (tx) => verifyNext(tx, walk));
    if (!seal) break;
    walk.last = seal;
  }
  const { last } = walk;
  if (noted && noted.number > (last?.number ?? 0)) found(walk, 'end-missing', undefined);
  const rest = await countRows(db, { after: last?.to_seq ?? 0 });
  return { ...verified, unsealed: rest, head: last ? headOf(last) : null };
}

/** The seal and its rows are read at one moment, for pruning goes on meanwhile. */
async function verifyNext(tx: Db, walk: Walk): Promise<Seal | undefined> {
  const { last, verified } = walk;
  const seal = await tx
    .selectFrom('audit_seals')
    .selectAll()
    .where('number', '>', last?.number ?? 0)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (!seal) return undefined;
  if (seal.checkpoint !== null) return verifyCheckpoint(tx, walk, seal);
  if (!last && (await hasRowsUpTo(tx, seal.from_seq - 1))) found(walk, 'rows-added', seal);
  verifyLink(walk, seal);
  const rows = await readRows(tx, { from: seal.from_seq, to: seal.to_seq, limit: seal.count + 1 });
  verified.batches += 1;
  verified.rows += rows.length;
  const digest = digestOf(walk.auditSeal, seal, rows);
  if (digest === undefined) found(walk, 'key-missing', seal);
  else if (rows.length !== seal.count)
    found(walk, rows.length < seal.count ? 'rows-missing' : 'rows-added', seal);
  else if (digest !== seal.digest) found(walk, 'rows-changed', seal);
  return seal;
}

/** Pruning leaves a checkpoint where the chain begins, and may move it on while this looks; only the key makes one. */
async function verifyCheckpoint(tx: Db, walk: Walk, seal: Seal): Promise<Seal> {
  if (checkpointOf(walk.auditSeal, seal) !== seal.checkpoint) found(walk, 'seals-missing', seal);
  if (await hasRowsUpTo(tx, seal.to_seq)) found(walk, 'rows-added', seal);
  verifyNoted(walk, seal);
  walk.verified.prunedTo = seal.to_seq;
  return seal;
}

/** A seal must follow the one before it without a gap. */
function verifyLink(walk: Walk, seal: Seal): void {
  const { last } = walk;
  if (seal.number !== (last?.number ?? 0) + 1) found(walk, 'seals-missing', seal);
  else if (seal.previous !== (last?.digest ?? '') || seal.from_seq !== (last?.to_seq ?? 0) + 1)
    found(walk, 'seal-changed', seal);
  verifyNoted(walk, seal);
}

function verifyNoted(walk: Walk, seal: Seal): void {
  if (walk.noted?.number === seal.number && walk.noted.head !== headOf(seal))
    found(walk, 'end-changed', seal);
}

function found({ last, verified }: Walk, problem: Finding['problem'], seal: Seal | undefined): void {
  const after = (last?.to_seq ?? 0) + 1;
  const fromSeq = problem === 'seals-missing' ? after : (seal?.from_seq ?? after);
  verified.findings.push({ problem, fromSeq, toSeq: seal?.to_seq ?? after, at: seal?.at ?? null });
}

async function hasRowsUpTo(tx: Db, seq: number): Promise<boolean> {
  const row = await tx.selectFrom('audit').select('seq').where('seq', '<=', seq).limit(1).executeTakeFirst();
  return row !== undefined;
}

async function countRows(db: Db, { after }: { after: number }): Promise<number> {
  const { count } = await db
    .selectFrom('audit')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('seq', '>', after)
    .executeTakeFirstOrThrow();
  return count;
}
