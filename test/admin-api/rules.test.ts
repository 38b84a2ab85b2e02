import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adminApi } from '../../src/admin-api/admin-api.ts';
import { TooBusy } from '../../src/secrets/bounded-queue.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await openAdminHouse();
});
afterEach(() => house.close());

const change = (settings: unknown, basedOn = 0) =>
  ask(house, { method: 'PATCH', path: '/policy', body: { basedOn, settings } });
const addQuestion = (body: unknown) => ask(house, { method: 'POST', path: '/questions', body });
const retire = (id: string, basedOn = 1) =>
  ask(house, { method: 'POST', path: `/questions/${id}/retire`, body: { basedOn } });

async function approvedIds(): Promise<string[]> {
  const { questions }: { questions: { id: string; retiredAt: string | null }[] } = Object(
    (await ask(house, { path: '/questions' })).body,
  );
  return questions.filter(({ retiredAt }) => retiredAt === null).map(({ id }) => id);
}

describe('the policy', () => {
  it('is changed by some settings, each change a version with who and what', async () => {
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({
      version: 0,
      policy: { methodsToReset: 2 },
    });
    const saved = await change({ methodsToReset: 1, phoneCountries: ['NL', 'BE'] });
    expect(saved).toMatchObject({
      status: 200,
      body: { version: 1, policy: { methodsToReset: 1, phoneCountries: ['NL', 'BE'], postponeDays: 7 } },
    });
    const audit = await house.deps.db.selectFrom('audit').selectAll().execute();
    expect(audit).toMatchObject([{ event: 'policy-replaced', actor: house.administratorId }]);
    expect(JSON.parse(audit[0]?.details ?? '')).toEqual({
      from: 0,
      to: 1,
      changed: 'methodsToReset phoneCountries',
    });
  });

  it('is not changed by who looked at an older version, and the same settings make no version', async () => {
    await change({ methodsToReset: 1 });
    expect(await change({ postponeDays: 3 })).toMatchObject({
      status: 409,
      body: { problem: 'changed-meanwhile' },
    });
    expect((await change({ methodsToReset: 1 }, 1)).body).toMatchObject({ version: 1 });
  });

  it('of two administrators at the same moment one wins', async () => {
    const both = await Promise.all([change({ postponeDays: 1 }), change({ postponeDays: 2 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it.each([
    [{ methodsToRegister: 4, officePhone: false }, 'more-than-methods-enabled', 'methodsToRegister'],
    [{ methodsToRegister: 1 }, 'fewer-than-to-reset', 'methodsToRegister'],
    [{ questionsToRegister: 3, questionsToReset: 4 }, 'more-than-registered', 'questionsToReset'],
    [{ questionsToRegister: 6 }, 'too-large', 'questionsToRegister'],
    [{ postponeDays: -1 }, 'too-small', 'postponeDays'],
    [{ postponeDays: '7' }, 'not-valid', 'postponeDays'],
    [{ phoneCountries: ['NL', 'XX'] }, 'unknown-country', 'phoneCountries'],
    [{ phoneCountries: ['nl'] }, 'not-valid', 'phoneCountries.0'],
    [{ helpContact: 'javascript:alert(1)' }, 'not-valid', 'helpContact'],
    [{ organisationName: 'a\u0007' }, 'not-valid', 'organisationName'],
    [{ nothingLikeIt: 1 }, 'unknown-field', 'settings.nothingLikeIt'],
  ])('refuses %j as %s', async (settings, problem, field) => {
    expect(await change(settings)).toMatchObject({ status: 422, body: { problem, field } });
    expect((await ask(house, { path: '/policy' })).body).toMatchObject({ version: 0 });
  });

  it('S58 refuses __proto__ among the settings', async () => {
    const body = '{"basedOn":0,"settings":{"__proto__":{"methodsToReset":1}}}';
    expect((await ask(house, { method: 'PATCH', path: '/policy', body })).status).toBe(422);
  });
});

describe('the questions', () => {
  it('are listed in both languages, and a custom one is added and retired', async () => {
    const before = await approvedIds();
    expect(before.length).toBeGreaterThanOrEqual(20);
    const added = await addQuestion({ nl: '  Welk <b>boek</b> las u steeds? ' });
    expect(added).toMatchObject({
      status: 201,
      body: { nl: 'Welk <b>boek</b> las u steeds?', en: null, predefined: false },
    });
    const id = String(Object(added.body).id);
    expect(await retire(id)).toMatchObject({
      status: 200,
      body: { id, retiredAt: '2026-11-01T12:00:00.000Z' },
    });
    expect((await retire(id, 2)).status, 'once more changes nothing').toBe(200);
    expect(await approvedIds()).toEqual(before);
    const audit = await house.deps.db.selectFrom('audit').select('event').execute();
    expect(audit.map(({ event }) => event)).toEqual(['question-added', 'question-retired']);
  });

  it.each([
    [{}, 'question-text-missing', 'nl'],
    [{ nl: 'ab' }, 'too-small', 'nl'],
    [{ en: 'x'.repeat(201) }, 'too-large', 'en'],
    [{ nl: 'Een vraag\nof twee?' }, 'not-valid', 'nl'],
    [{ nl: 'Welke kleur?', position: 1 }, 'unknown-field', 'position'],
  ])('refuse %j as %s', async (body, problem, field) => {
    expect(await addQuestion(body)).toMatchObject({ status: 422, body: { problem, field } });
  });

  it('may be 200 characters of any script, at most 20 custom ones, none of them twice', async () => {
    expect((await addQuestion({ en: '😀'.repeat(200) })).status).toBe(201);
    expect(await addQuestion({ en: '😀'.repeat(200) })).toMatchObject({
      status: 409,
      body: { problem: 'question-already-there' },
    });
    for (let n = 2; n <= 20; n++) expect((await addQuestion({ nl: `Vraag nummer ${n}?` })).status).toBe(201);
    expect(await addQuestion({ nl: 'Nog een?' })).toMatchObject({
      status: 409,
      body: { problem: 'too-many-questions' },
    });
  });

  it('never become fewer than people must answer, while the method is on', async () => {
    const ids = await approvedIds();
    for (const id of ids.slice(5)) expect((await retire(id)).status).toBe(200);
    expect(await retire(ids[0] ?? '')).toMatchObject({ status: 409, body: { problem: 'too-few-questions' } });
    await change({ securityQuestions: false });
    expect((await retire(ids[0] ?? '')).status).toBe(200);
    expect(await change({ securityQuestions: true }, 1)).toMatchObject({
      status: 422,
      body: { problem: 'too-few-questions', field: 'questionsToRegister' },
    });
  });

  it('S60 an id that is none is a named 404', async () => {
    expect(await retire("x'%20OR%201=1--")).toMatchObject({
      status: 404,
      body: { problem: 'question-unknown' },
    });
  });
});

describe('when things go wrong', () => {
  const post = () => ({
    method: 'POST',
    headers: { authorization: `Bearer ${house.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ userName: 'a', displayName: 'A' }),
  });

  it('too much hashing at once is a 503 with Retry-After', async () => {
    const hashPassword = () => Promise.reject(new TooBusy(7));
    const { secrets } = house.deps;
    const busy = adminApi({
      ...house.deps,
      secrets: { ...secrets, hashing: { ...secrets.hashing, hashPassword } },
    });
    const answer = await busy.request('/people', post());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
  });

  it('S64 a surprise is a bare 500: no stack, no message, but a line in the log', async () => {
    const hashPassword = () => Promise.reject(new Error('secret detail'));
    const { secrets } = house.deps;
    const broken = adminApi({
      ...house.deps,
      secrets: { ...secrets, hashing: { ...secrets.hashing, hashPassword } },
    });
    const answer = await broken.request('/people', post());
    expect([answer.status, await answer.json()]).toEqual([
      500,
      expect.objectContaining({ problem: 'failed' }),
    ]);
    expect(house.errors.splice(0)).toEqual([expect.stringContaining('secret detail')]);
  });
});
