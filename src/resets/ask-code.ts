import { codeLife, sameCodeFor } from '../challenges/challenge.ts';
import { resetCodeHour } from '../challenges/code-limits.ts';
import { enqueueCode } from '../delivery/queue.ts';
import { type Deps, inTransaction } from '../deps.ts';
import { readLimit } from '../limits/limits.ts';
import { destinationFingerprint } from '../methods/destination-fingerprint.ts';
import { type AddressedMethod, channelOf, destinationKey } from '../methods/method.ts';
import { newId } from '../secrets/random.ts';
import type { Db, Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { type Ask, askBinding, readAsk } from './ask.ts';
import type { Reset } from './reset.ts';

const minute = 60_000;
/** Each asks a page and a row; nobody needs so many. */
const mostAsks = 20;

export type Asked =
  | { result: 'asked' }
  | { result: 'wait' | 'resting'; until: Time }
  | { result: 'too-many' };

async function insertAsk(
  tx: Db,
  deps: Deps,
  { reset, method, language }: { reset: Reset; method: AddressedMethod; language: Language },
): Promise<string> {
  const [id, at] = [newId(), deps.now()];
  await tx
    .updateTable('reset_asks')
    .set({ ended_at: at, ended_as: 'replaced' })
    .where('reset_id', '=', reset.id)
    .where('method', '=', method.kind)
    .where('ended_at', 'is', null)
    .execute();
  await tx
    .insertInto('reset_asks')
    .values({
      id,
      reset_id: reset.id,
      method: method.kind,
      value: deps.secrets.sealing.seal(JSON.stringify(method), askBinding(reset.id)),
      destination: destinationFingerprint(deps, method),
      language,
      created_at: at,
      expires_at: at + codeLife,
      asked_at: at,
    })
    .execute();
  return id;
}

async function putInQueue(
  tx: Db,
  { now, secrets }: Deps,
  { id, method }: { id: string; method: AddressedMethod },
) {
  const message = { challengeId: id, personId: null, channel: channelOf(method) };
  await enqueueCode(tx, { now, sealing: secrets.sealing }, message);
}

/** Whether a method rests after wrong codes: by the name and browser that try, whoever's the account may be. */
async function restsUntil(deps: Deps, reset: Reset, kind: string): Promise<Time | undefined> {
  const read = await readLimit(deps.db, deps.now(), resetCodeHour(reset.countsAs, kind));
  return read.result === 'full' ? read.freeAt : undefined;
}

/**
 * Asks for a code to what was typed. Whether it is anybody's is not looked at here: everybody is answered the same, at
 * the same cost (S37, S38). Wake the delivery once the answer is on its way.
 */
export async function askCode(
  deps: Deps,
  reset: Reset,
  { method, language }: { method: AddressedMethod; language: Language },
): Promise<Asked> {
  const resting = await restsUntil(deps, reset, method.kind);
  if (resting !== undefined) return { result: 'resting', until: resting };
  const last = await readAsk(deps, reset, method.kind);
  const isSame = last && destinationKey(last.method) === destinationKey(method);
  if (last && isSame && last.endedAs !== 'passed' && last.askedAt + minute > deps.now())
    return { result: 'wait', until: last.askedAt + minute };
  return inTransaction(deps.db, async (tx): Promise<Asked> => {
    const rows = await tx.selectFrom('reset_asks').select('id').where('reset_id', '=', reset.id).execute();
    if (rows.length >= mostAsks) return { result: 'too-many' };
    const id = await insertAsk(tx, deps, { reset, method, language });
    await putInQueue(tx, deps, { id, method });
    return { result: 'asked' };
  });
}

/** Asks again for the code of an ask: the same code while it is young, else a new one to what was typed then (S08, S18). */
export async function askAgain(deps: Deps, reset: Reset, ask: Ask): Promise<Asked> {
  const { id, method, language } = ask;
  const isYoung = ask.endedAs === null && deps.now() < ask.createdAt + sameCodeFor;
  if (!isYoung) return askCode(deps, reset, { method, language });
  const resting = await restsUntil(deps, reset, method.kind);
  if (resting !== undefined) return { result: 'resting', until: resting };
  const until = ask.askedAt + minute;
  if (until > deps.now()) return { result: 'wait', until };
  await inTransaction(deps.db, async (tx) => {
    await tx.updateTable('reset_asks').set({ asked_at: deps.now() }).where('id', '=', id).execute();
    await putInQueue(tx, deps, { id, method });
  });
  return { result: 'asked' };
}
