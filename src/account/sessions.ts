import { ownAct, recordEvent } from '../audit/audit.ts';
import { cancelChallenges } from '../challenges/verify.ts';
import { inTransaction, type KeptSession } from '../deps.ts';
import { longestLife } from '../sessions/session-data.ts';
import { carryOverWaitingChange } from '../waiting-changes/waiting-change.ts';
import { renewSessionId } from '../web/session.ts';
import type { PersonVisit } from '../web/visit.ts';

/** A session of the person that is open now. */
export interface OpenSession {
  /** What a form names it by: never its id. */
  handle: string;
  /** The one of this visit. */
  own: boolean;
  browser: string;
  signedInAt: number;
  lastUsedAt: number;
}

function handleOf({ deps }: PersonVisit, id: string): string {
  return deps.secrets.sealing.fingerprint('session', id).slice(0, 22);
}

function isLive({ person, now }: PersonVisit, { data }: KeptSession): boolean {
  return (
    data.epoch === person.sessionEpoch && data.signedInAt !== undefined && now < data.signedInAt + longestLife
  );
}

async function readLive(visit: PersonVisit): Promise<KeptSession[]> {
  const kept = await visit.deps.sessionList.list(visit.person.id);
  return kept.filter((one) => isLive(visit, one));
}

/** Reads the sessions of the person that are open now: this one first, then the one used last. */
export async function readOpenSessions(visit: PersonVisit): Promise<OpenSession[]> {
  const sessions = (await readLive(visit)).map(({ id, data, lastUsedAt }) => ({
    handle: handleOf(visit, id),
    own: id === visit.req.sessionID,
    browser: data.browser ?? '',
    signedInAt: data.signedInAt ?? 0,
    lastUsedAt: Math.min(lastUsedAt, visit.now),
  }));
  return sessions.toSorted((a, b) => Number(b.own) - Number(a.own) || b.lastUsedAt - a.lastUsedAt);
}

/** Ends one other session of the person; false when there is none such (any more). */
export async function endOtherSession(visit: PersonVisit, handle: string): Promise<boolean> {
  const { deps, person, address, req } = visit;
  const found = (await readLive(visit)).find(
    ({ id }) => id !== req.sessionID && handleOf(visit, id) === handle,
  );
  if (!found) return false;
  await deps.sessionList.end(found.id);
  await recordEvent(deps.db, deps.now(), {
    event: 'session-ended',
    ...ownAct(person.id, address),
    details: { all: false },
  });
  return true;
}

/**
 * Ends every session of the person but this one, by a new epoch: they stay ended whatever keeps sessions does. Codes on
 * their way end too; a change that waits is the person's own matter and goes on waiting. False when another did it first.
 */
export async function endOtherSessions(visit: PersonVisit): Promise<boolean> {
  const { deps, person, address } = visit;
  const ended = await inTransaction(deps.db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('people')
      .set({ session_epoch: person.sessionEpoch + 1 })
      .where('id', '=', person.id)
      .where('session_epoch', '=', person.sessionEpoch)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await carryOverWaitingChange(tx, person);
    await cancelChallenges(tx, deps.now(), { personId: person.id });
    await recordEvent(tx, deps.now(), {
      event: 'session-ended',
      ...ownAct(person.id, address),
      details: { all: true },
    });
    return true;
  });
  if (!ended) return false;
  await renewSessionId(visit);
  visit.session.epoch = person.sessionEpoch + 1;
  return true;
}
