import type { Deps } from '../deps.ts';

/** Seals an answer so that only its person can see it; null when the person has no key pair yet. */
export async function sealToPerson(
  deps: Deps,
  personId: string,
  given: { questionId: string; answer: string },
): Promise<string | null> {
  if (!deps.config.keepsSealedAnswers) return null;
  const pair = await deps.db
    .selectFrom('key_pairs')
    .select('public_key')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  const binding = { person: personId, question: given.questionId };
  return pair ? deps.secrets.answerSeal.sealAnswer(pair.public_key, given.answer, binding) : null;
}

/** Removes every copy that only its person could open, where the configuration keeps none; what a reset compares with stays. */
export async function forgetSealedAnswers({ db, config }: Deps): Promise<void> {
  if (config.keepsSealedAnswers) return;
  await db.updateTable('answers').set({ sealed: null }).where('sealed', 'is not', null).execute();
}

/** Makes the person's key pair at a sign-in whose password was proven, when there is none yet. */
export async function ensureKeyPair(deps: Deps, personId: string, password: string): Promise<void> {
  const known = await deps.db
    .selectFrom('key_pairs')
    .select('person_id')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (known) return;
  const { publicKey, wrappedPrivateKey } = await deps.secrets.answerSeal.makeKeyPair(password);
  await deps.db
    .insertInto('key_pairs')
    .values({
      person_id: personId,
      public_key: publicKey,
      wrapped_private_key: wrappedPrivateKey,
      made_at: deps.now(),
    })
    .onConflict((c) => c.column('person_id').doNothing())
    .execute();
}
