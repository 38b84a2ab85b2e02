import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await openAdminHouse();
});
afterEach(() => house.close());

interface Question {
  id: string;
  nl: string | null;
  en: string | null;
  approved: boolean;
  revision: number;
  replaces: string | null;
}

async function questions(): Promise<Question[]> {
  return Object((await ask(house, { path: '/questions' })).body).questions;
}

async function question(id: string): Promise<Question | undefined> {
  return (await questions()).find((one) => one.id === id);
}

async function addQuestion(texts: { nl?: string; en?: string }): Promise<string> {
  const added = await ask(house, { method: 'POST', path: '/questions', body: texts });
  expect(added.status).toBe(201);
  return String(Object(added.body).id);
}

const change = (id: string, what: string, body: object) =>
  ask(house, { method: 'POST', path: `/questions/${id}/${what}`, body });
const edit = (id: string, body: object) => ask(house, { method: 'PATCH', path: `/questions/${id}`, body });

const audited = async () =>
  (await house.deps.db.selectFrom('audit').selectAll().orderBy('seq').execute()).map(
    ({ event, actor, details }) => [event, actor, JSON.parse(details)],
  );

describe('an edit', () => {
  test('that corrects keeps the question, and so all who use it', async () => {
    const id = await addQuestion({ nl: 'Welk boek las u steeds?' });
    const edited = await edit(id, {
      basedOn: 1,
      nl: 'Welk boek las u steeds opnieuw?',
      en: 'Which book did you reread?',
      as: 'correction',
    });
    expect(edited).toMatchObject({
      status: 200,
      body: { id, nl: 'Welk boek las u steeds opnieuw?', en: 'Which book did you reread?', revision: 2 },
    });
    expect((await questions()).at(-1)).toMatchObject({ id, approved: true });
    expect((await audited()).at(-1)).toEqual(['question-corrected', house.administratorId, { question: id }]);
  });

  test('that changes the meaning makes a new question in its place and retires the old one', async () => {
    const id = await addQuestion({ nl: 'Welk boek las u steeds?' });
    const last = await addQuestion({ nl: 'Wat is de laatste vraag?' });
    const edited = await edit(id, {
      basedOn: 1,
      nl: 'Welke film zag u steeds?',
      en: null,
      as: 'new-meaning',
    });
    const fresh = String(Object(edited.body).id);
    expect(edited).toMatchObject({ status: 200, body: { nl: 'Welke film zag u steeds?', replaces: id } });
    expect(fresh).not.toBe(id);
    expect(await question(id)).toMatchObject({ approved: false, nl: 'Welk boek las u steeds?' });
    expect(
      (await questions())
        .filter(({ approved }) => approved)
        .slice(-2)
        .map((one) => one.id),
    ).toEqual([fresh, last]);
    expect((await audited()).at(-1)).toEqual([
      'question-replaced',
      house.administratorId,
      { question: fresh, replaces: id },
    ]);
  });

  test('of a predefined question, of a retired one, or into one that is there already is refused', async () => {
    const texts = { nl: 'Welke kleur had uw eerste fiets?', en: null, as: 'correction' };
    expect(await edit('cuddly-toy-name', { ...texts, basedOn: 1 })).toMatchObject({
      status: 409,
      body: { problem: 'question-predefined', field: 'id' },
    });
    const [one, other] = [await addQuestion({ nl: 'Vraag een?' }), await addQuestion({ nl: 'Vraag twee?' })];
    expect(await edit(one, { basedOn: 1, nl: ' VRAAG  TWEE? ', en: null, as: 'correction' })).toMatchObject({
      status: 409,
      body: { problem: 'question-already-there' },
    });
    await change(other, 'retire', { basedOn: 1 });
    expect(await edit(other, { ...texts, basedOn: 2 })).toMatchObject({
      status: 409,
      body: { problem: 'question-retired' },
    });
  });

  test('needs a text in one language at least, and a choice of what it is', async () => {
    const id = await addQuestion({ nl: 'Vraag een?' });
    expect(await edit(id, { basedOn: 1, nl: null, en: null, as: 'correction' })).toMatchObject({
      status: 422,
      body: { problem: 'question-text-missing', field: 'nl' },
    });
    expect(await edit(id, { basedOn: 1, nl: 'Vraag een!', en: null })).toMatchObject({
      status: 422,
      body: { field: 'as' },
    });
  });
});

describe('of two administrators who change a question', () => {
  test('the second is told what it is now, who changed it and when', async () => {
    const id = await addQuestion({ nl: 'Vraag een?' });
    const bert = {
      authorization: `Bearer ${await house.signIn('bert')}`,
      'content-type': 'application/json',
    };
    const body = { basedOn: 1, nl: 'Vraag een of twee?', en: null, as: 'correction' };
    await ask(house, { method: 'PATCH', path: `/questions/${id}`, headers: bert, body });
    for (const late of [
      await edit(id, { ...body, nl: 'Vraag drie?' }),
      await change(id, 'retire', { basedOn: 1 }),
      await change(id, 'approve', { basedOn: 1 }),
      await change(id, 'move', { basedOn: 1, before: null }),
    ])
      expect(late).toMatchObject({
        status: 409,
        body: {
          problem: 'question-changed-meanwhile',
          question: { id, nl: 'Vraag een of twee?', revision: 2 },
          by: 'bert',
          at: new Date(testTime).toISOString(),
        },
      });
    expect(await question(id)).toMatchObject({ nl: 'Vraag een of twee?', approved: true });
  });

  test('at the same moment, one wins', async () => {
    const id = await addQuestion({ nl: 'Vraag een?' });
    const texts = { basedOn: 1, en: null, as: 'correction' };
    const both = await Promise.all([
      edit(id, { ...texts, nl: 'Vraag van Anna?' }),
      edit(id, { ...texts, nl: 'Vraag van Bert?' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });
});

describe('the order', () => {
  const firstFive = async () => (await questions()).slice(0, 5).map(({ id }) => id);

  test('is changed by moving a question before another, or to the end', async () => {
    const [a = '', b = '', c = '', d = '', e = ''] = await firstFive();
    expect((await change(d, 'move', { basedOn: 1, before: b })).status).toBe(200);
    expect(await firstFive()).toEqual([a, d, b, c, e]);
    const moved = await change(a, 'move', { basedOn: 1, before: null });
    expect(Object(moved.body).questions.at(-1)).toMatchObject({ id: a });
    expect((await audited()).map(([event]) => event)).toEqual(['question-moved', 'question-moved']);
  });

  test('stays as it is when a question is moved to where it stands', async () => {
    const before = await firstFive();
    const [a = '', b = ''] = before;
    expect((await change(a, 'move', { basedOn: 1, before: b })).status).toBe(200);
    expect((await change(a, 'move', { basedOn: 1, before: a })).status).toBe(200);
    expect(await firstFive()).toEqual(before);
    expect(await audited()).toEqual([]);
  });

  test('knows no place before a question that is not there', async () => {
    expect(await change('cuddly-toy-name', 'move', { basedOn: 1, before: 'nothing' })).toMatchObject({
      status: 404,
      body: { problem: 'question-unknown', field: 'before' },
    });
  });
});

describe('a retired question', () => {
  test('is approved again, in the place where it stood', async () => {
    const before = (await questions()).map(({ id }) => id);
    await change('cuddly-toy-name', 'retire', { basedOn: 1 });
    expect(await question('cuddly-toy-name')).toMatchObject({ approved: false });
    expect(await change('cuddly-toy-name', 'approve', { basedOn: 2 })).toMatchObject({
      status: 200,
      body: { approved: true, retiredAt: null, revision: 3 },
    });
    expect((await questions()).map(({ id }) => id)).toEqual(before);
    expect((await audited()).map(([event]) => event)).toEqual(['question-retired', 'question-approved']);
  });

  test('that is one’s own is not approved beside 20 others', async () => {
    const id = await addQuestion({ nl: 'Vraag nul?' });
    await change(id, 'retire', { basedOn: 1 });
    for (let n = 1; n <= 20; n++) await addQuestion({ nl: `Vraag nummer ${n}?` });
    expect(await change(id, 'approve', { basedOn: 2 })).toMatchObject({
      status: 409,
      body: { problem: 'too-many-questions' },
    });
  });
});

test('retiring one too many and asking for one too many, at the same moment, leaves enough', async () => {
  const ids = (await questions()).map(({ id }) => id);
  const policy = (settings: object, basedOn: number) =>
    ask(house, { method: 'PATCH', path: '/policy', body: { basedOn, settings } });
  await policy({ questionsToRegister: 4 }, 0);
  for (const id of ids.slice(5)) await change(id, 'retire', { basedOn: 1 });
  const both = await Promise.all([
    change(ids[0] ?? '', 'retire', { basedOn: 1 }),
    policy({ questionsToRegister: 5 }, 1),
  ]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
});
