import { expect, onTestFinished, test } from 'vitest';
import { readOtherMessages } from '../../src/people/given-up.ts';
import { openTestDatabase } from '../helpers/database.ts';

test('of messages made at one moment, what was taken last comes first, and what still waits comes after', async () => {
  const db = await openTestDatabase();
  onTestFinished(() => db.destroy());
  const person = { id: 'jan', user_name: 'jan', display_name: 'Jan', appeared_at: 1 };
  const facts = { session_epoch: 0, proven_methods: 0, question_count: 0 };
  await db
    .insertInto('people')
    .values({ ...person, ...facts })
    .execute();
  const message = { person_id: 'jan', channel: 'text', created_at: 1, due_at: 1, attempts: 0 };
  for (const [kind, finished_at] of [
    ['code', 5],
    ['method-added', null],
    ['reset-done', 7],
  ] as const)
    await db
      .insertInto('messages')
      .values({ ...message, id: kind, kind, finished_at, state: finished_at === null ? 'waiting' : 'sent' })
      .execute();
  const kinds = (await readOtherMessages(db, 'jan')).map(({ kind }) => kind);
  expect(kinds).toEqual(['reset-done', 'code', 'method-added']);
});
