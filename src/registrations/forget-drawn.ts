import type { Db } from '../store/schema.ts';

/** Lets the next reset draw questions anew: they were answered right, or the person has changed them. */
export async function forgetDrawn(tx: Db, personId: string): Promise<void> {
  await tx.deleteFrom('drawn_questions').where('person_id', '=', personId).execute();
}
