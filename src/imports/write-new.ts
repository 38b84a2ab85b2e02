import type { Actor, AuditEntry } from '../audit/audit.ts';
import { recordEvents } from '../audit/audit.ts';
import type { Deps } from '../deps.ts';
import { addEmbeddedAccounts } from '../directory/embedded.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import { newPersonRow } from '../people/new-person-row.ts';
import { addSearchKeysOf } from '../people/search-keys.ts';
import { registrationBinding } from '../registrations/registration.ts';
import { newId } from '../secrets/random.ts';
import type { Db } from '../store/schema.ts';
import type { FillIn } from './fill-in.ts';
import type { Fresh } from './judge.ts';

/** Who imports, and by which import. */
export interface ImportedBy {
  importId: string;
  actor: Actor & { kind: 'administrator' };
}

/** Somebody new, with the hash of the one-time password if one was made. */
export interface Newcomer {
  id: string;
  fresh: Fresh;
  passwordHash: string | undefined;
}

/** Somebody had one of these names a moment ago: the batch has to be judged anew. */
export class NamesTaken extends Error {
  override readonly name = 'NamesTaken';
}

/** Rows in one statement: few different statements, each known to the database after the first time. */
const rowsAtOnce = 50;

/**
 * Adds new people with all that belongs to them, in the transaction given: rows, groups, search keys, accounts, what is
 * filled in, and the audit. Throws `NamesTaken` when a name has been taken since they were judged.
 */
export async function writeNewcomers(
  tx: Db,
  deps: Deps,
  { newcomers, by }: { newcomers: readonly Newcomer[]; by: ImportedBy },
): Promise<void> {
  for (let at = 0; at < newcomers.length; at += rowsAtOnce)
    await writeSome(tx, deps, { newcomers: newcomers.slice(at, at + rowsAtOnce), by });
}

async function writeSome(
  tx: Db,
  deps: Deps,
  { newcomers, by }: { newcomers: readonly Newcomer[]; by: ImportedBy },
): Promise<void> {
  await insertPeople(tx, deps, newcomers);
  await insertMemberships(tx, newcomers);
  await addSearchKeysOf(
    tx,
    newcomers.map(({ fresh }) => fresh),
  );
  await addEmbeddedAccounts(
    tx,
    deps.now(),
    newcomers.map(({ fresh, passwordHash }) => ({
      userName: fresh.userName,
      passwordHash: passwordHash ?? deps.secrets.hashing.noPassword(),
      oneTime: passwordHash !== undefined,
    })),
  );
  await insertFilledIn(tx, deps, { newcomers, by });
  await recordEvents(
    tx,
    deps.now(),
    newcomers.flatMap((newcomer) => entriesOf(newcomer, by)),
  );
}

async function insertPeople(tx: Db, deps: Deps, newcomers: readonly Newcomer[]): Promise<void> {
  const rows = newcomers.map(({ id, fresh }) => ({
    ...newPersonRow(deps, id, fresh),
    filled_in: fresh.fillIns.length,
  }));
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('people')
    .values(rows)
    .onConflict((c) => c.column('user_name').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== BigInt(rows.length)) throw new NamesTaken();
}

async function insertMemberships(tx: Db, newcomers: readonly Newcomer[]): Promise<void> {
  const rows = newcomers.flatMap(({ id, fresh }) =>
    fresh.groups.map((group_name) => ({ person_id: id, group_name, user_name: fresh.userName })),
  );
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx
      .insertInto('memberships')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute();
}

async function insertFilledIn(
  tx: Db,
  deps: Deps,
  { newcomers, by }: { newcomers: readonly Newcomer[]; by: ImportedBy },
): Promise<void> {
  const rows = newcomers.flatMap(({ id, fresh }) =>
    fresh.fillIns.map(({ method, consent }) => ({
      person_id: id,
      method: method.kind,
      value: deps.secrets.sealing.seal(JSON.stringify(method), registrationBinding(id)),
      destination: destinationFingerprint(deps, method),
      proven_at: null,
      checked_at: null,
      consent: JSON.stringify({ ...consent, recordedBy: by.actor.id }),
    })),
  );
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    await tx
      .insertInto('registrations')
      .values(rows.slice(at, at + rowsAtOnce))
      .execute();
}

function entriesOf({ id, fresh }: Newcomer, { actor, importId }: ImportedBy): AuditEntry[] {
  const details = { groups: fresh.groups.length, officePhone: fresh.officePhone !== null, import: importId };
  const filledIn = ({ method, consent }: FillIn): AuditEntry => ({
    event: 'method-filled-in',
    actor,
    subject: id,
    details: {
      method: method.kind,
      consentGivenBy: consent.givenBy,
      consentHow: consent.how,
      import: importId,
    },
  });
  return [{ event: 'person-added', actor, subject: id, details }, ...fresh.fillIns.map(filledIn)];
}

/** Makes a newcomer of somebody new. */
export function newcomerOf(fresh: Fresh, passwordHash: string | undefined): Newcomer {
  return { id: newId(), fresh, passwordHash };
}
