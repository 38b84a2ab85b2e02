import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { type AddressedMethod, addressedMethodSchema } from '../methods/method.ts';
import type { Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';
import type { Reset } from './reset.ts';

/**
 * A code asked for in a reset. For everybody alike there is a row and a waiting message; only where what was typed is a
 * proven method of the person does a challenge of the same id come about, once the message is looked at (`admitCode`).
 */
export interface Ask {
  id: string;
  /** As it was typed. */
  method: AddressedMethod;
  language: Language;
  createdAt: Time;
  expiresAt: Time;
  askedAt: Time;
  tries: number;
  endedAs: 'passed' | 'replaced' | 'spent' | null;
}

/** Binds what was typed to its reset. */
export function askBinding(resetId: string) {
  return { table: 'reset_asks', person: resetId, column: 'value' };
}

/** Opens a stored ask. */
export function askOf({ secrets }: Pick<Deps, 'secrets'>, row: Selectable<Tables['reset_asks']>): Ask {
  const value = secrets.sealing.open(row.value, askBinding(row.reset_id));
  return {
    id: row.id,
    method: addressedMethodSchema.parse(JSON.parse(value)),
    language: z.enum(languages).parse(row.language),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    askedAt: row.asked_at,
    tries: row.tries,
    endedAs: z.enum(['passed', 'replaced', 'spent']).nullable().parse(row.ended_as),
  };
}

/** The newest ask of a method in a reset, ended or not. */
export async function readAsk(
  deps: Pick<Deps, 'db' | 'secrets'>,
  reset: Reset,
  kind: AddressedMethod['kind'],
): Promise<Ask | undefined> {
  const rows = await deps.db
    .selectFrom('reset_asks')
    .selectAll()
    .where('reset_id', '=', reset.id)
    .where('method', '=', kind)
    .orderBy('created_at')
    .execute();
  const row = rows.find(({ ended_at }) => ended_at === null) ?? rows.at(-1);
  return row && askOf(deps, row);
}
