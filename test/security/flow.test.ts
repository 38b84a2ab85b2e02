import { describe, expect, test } from 'vitest';
import { cancelChallenges, verifyChallenge } from '../../src/challenges/verify.ts';
import { changePerson } from '../../src/people/change-person.ts';
import { readPerson } from '../../src/people/person.ts';
import { fillInMethod, replaceOfficePhone } from '../../src/registrations/filled-in.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';
import {
  askAgain,
  askIdentity,
  askMailbox,
  askPhone,
  countEvents,
  countRequested,
  houseWithJan,
  mailbox,
  otherPhone,
  otherThan,
  phone,
  postTo,
  proveMailbox,
  provenOfPerson,
  provePhone,
  spend,
  typeCode,
} from './attack.ts';

async function personOf(house: TestHouse, id: string) {
  const person = await readPerson({ db: house.deps.db, sealing: house.deps.secrets.sealing }, id);
  if (!person) throw new Error('no person');
  return person;
}

async function disable(house: TestHouse, id: string): Promise<void> {
  const person = await personOf(house, id);
  await changePerson(house.deps, { person, actor: { kind: 'system' }, change: { disabled: true } });
}

const everyStep = [
  '/register/authentication-phone',
  '/register/authentication-phone/code',
  '/register/authentication-phone/code/again',
  '/register/authentication-phone/filled-in',
  '/register/authentication-phone/still-right',
  '/register/authentication-phone/remove',
  '/register/authentication-email',
  '/register/authentication-email/code',
  '/register/authentication-email/code/again',
  '/register/authentication-email/filled-in',
  '/register/authentication-email/still-right',
  '/register/authentication-email/remove',
  '/register/office-phone',
  '/register/office-phone/code',
  '/register/office-phone/code/again',
  '/register/office-phone/still-right',
  '/register/office-phone/remove',
  '/register/security-questions/1',
  '/register/security-questions/2',
  '/register/security-questions/still-right',
  '/register/security-questions/remove',
  '/register/confirm-identity',
  '/register/confirm-identity/code',
  '/register/confirm-identity/code/again',
  '/register',
];

describe('S03', () => {
  test('S03 an empty post to any step proves nothing, sends nothing and never breaks', async () => {
    const { house, jan, personId } = await houseWithJan();
    for (const path of everyStep) {
      await postTo(jan, path);
      expect(jan.status, path).toBe(200);
    }
    expect(await provenOfPerson(house, personId)).toEqual({});
    expect(await countRequested(house)).toBe(0);
    expect(await countEvents(house, 'registration-finished')).toBe(0);
  });

  test.each([
    ['authentication-phone', {}],
    ['authentication-phone', { number: '0612345678' }],
    ['authentication-phone', { channel: 'text' }],
    ['authentication-email', {}],
    ['security-questions/1', {}],
    ['security-questions/1', { answer: 'Zwaluwstaart' }],
  ])('S03 a post to %s with only %o says what is missing', async (step, fields) => {
    const { house, jan } = await houseWithJan();
    await postTo(jan, `/register/${step}`, fields);
    expect(jan.path).toBe(`/register/${step}`);
    expect(jan.problems.length).toBeGreaterThan(0);
    expect(jan.title).toMatch(/^Fout: /);
    expect(await countRequested(house)).toBe(0);
  });

  test('S03 an empty sign-in signs nobody in', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = house.browser();
    await browser.open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf });
    expect(browser.problems.length).toBe(2);
    await browser.post('/sign-in', { csrf: browser.csrf, userName: 'jan' });
    expect(browser.problems.length).toBe(1);
    expect(await countEvents(house, 'person-signed-in')).toBe(0);
  });
});

describe('S04', () => {
  test('S04 the code of a message that was not handed over yet is refused like any wrong code', async () => {
    const { house, jan, personId } = await houseWithJan();
    await house.house.delivery.stop();
    await askPhone(jan);
    const { id, key_id } = await house.deps.db.selectFrom('challenges').selectAll().executeTakeFirstOrThrow();
    await typeCode(jan, 'authentication-phone', house.deps.secrets.codes.codeOf(id, key_id));
    const problems = jan.problems;
    expect(problems).toHaveLength(1);
    expect(await provenOfPerson(house, personId)).toEqual({});
    expect(await countEvents(house, 'code-refused')).toBe(1);
  });

  test('S04 a code typed before any was asked for proves nothing', async () => {
    const { house, jan, personId } = await houseWithJan();
    await typeCode(jan, 'authentication-phone', '123456');
    expect(await provenOfPerson(house, personId)).toEqual({});
  });
});

describe('S05, S06, S08', () => {
  test('S05 names of persons and methods in hidden fields are not listened to', async () => {
    const { house, jan, personId } = await houseWithJan();
    const piet = await house.addPerson('piet');
    const forged = { personId: piet.personId, person: piet.personId, userName: 'piet', challengeId: 'x' };
    await postTo(jan, '/register/authentication-phone', { number: phone, channel: 'text', ...forged });
    await postTo(jan, '/register/authentication-phone/code', {
      code: await house.codeFor(phone),
      kind: 'office-phone',
      method: 'office-phone',
      ...forged,
    });
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
    expect(await provenOfPerson(house, piet.personId)).toEqual({});
  });

  test('S06 the code of one person is nothing in the flow of another', async () => {
    const { house, jan, personId } = await houseWithJan();
    const piet = await house.addPerson('piet');
    const attacker = await signIn(house, 'piet');
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await askPhone(attacker, otherPhone);
    await typeCode(attacker, 'authentication-phone', code);
    expect(attacker.problems).toHaveLength(1);
    expect(await provenOfPerson(house, piet.personId)).toEqual({});
    await typeCode(jan, 'authentication-phone', code);
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
  });

  test('S06 a challenge id stolen from another person opens nothing', async () => {
    const { house, jan } = await houseWithJan();
    const { personId } = await house.addPerson('piet');
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const { id } = await house.deps.db.selectFrom('challenges').select('id').executeTakeFirstOrThrow();
    const verified = await verifyChallenge(house.deps, await personOf(house, personId), {
      challengeId: id,
      purpose: 'register',
      code,
      address: '',
      keep: async () => {
        throw new Error('kept');
      },
    });
    expect(verified).toEqual({ result: 'unknown' });
  });

  test('S08 another destination given at resend or at the code is ignored', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    house.wait(2 * minute);
    const elsewhere = { number: otherPhone, to: otherPhone, destination: otherPhone, channel: 'call' };
    await postTo(jan, '/register/authentication-phone/code/again', elsewhere);
    expect((await house.messages()).map(({ to }) => to)).toEqual([phone, phone]);
    await postTo(jan, '/register/authentication-phone/code', { code, ...elsewhere });
    const kept = (await provenOfPerson(house, personId))['authentication-phone'];
    expect(kept).toContain(phone);
    expect(kept).not.toContain(otherPhone);
  });
});

describe('S07', () => {
  test('S07 a code to the phone proves no mailbox, and the reverse', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    await askMailbox(jan);
    const [toPhone, toMailbox] = [await house.codeFor(phone), await house.codeFor(mailbox)];
    expect(toPhone).not.toBe(toMailbox);
    await typeCode(jan, 'authentication-email', toPhone);
    expect(jan.problems).toHaveLength(1);
    await typeCode(jan, 'authentication-phone', toMailbox);
    expect(jan.problems).toHaveLength(1);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S07 a code that proves a new method confirms no identity, and the reverse', async () => {
    const { house, jan, personId } = await capableJan();
    await confirm(house, jan);
    await askPhone(jan, otherPhone);
    const registering = await house.codeFor(otherPhone);

    const thief = await signIn(house, 'jan');
    await askIdentity(thief, 'authentication-email');
    const confirming = await house.codeFor(mailbox);
    await typeCode(thief, 'confirm-identity', registering);
    expect(thief.problems).toHaveLength(1);
    await thief.open('/register/authentication-phone');
    expect(thief.path).toBe('/register/confirm-identity');

    await typeCode(jan, 'authentication-phone', confirming);
    expect(jan.problems).toHaveLength(1);
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(phone);
  });

  test('S07 the id of a challenge is worth nothing for another purpose', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const { id } = await house.deps.db.selectFrom('challenges').select('id').executeTakeFirstOrThrow();
    const verified = await verifyChallenge(house.deps, await personOf(house, personId), {
      challengeId: id,
      purpose: 'confirm-identity',
      code,
      address: '',
      keep: async () => {
        throw new Error('kept');
      },
    });
    expect(verified).toEqual({ result: 'unknown' });
  });
});

/** Jan, able to reset with a phone and a mailbox, signed in anew after the limits on messages have passed. */
async function capableJan(wanted: Parameters<typeof openTestHouse>[0] = {}) {
  const { house, jan, personId } = await houseWithJan(wanted);
  await provePhone(house, jan);
  await proveMailbox(house, jan);
  house.wait(16 * minute);
  return { house, personId, jan: await signIn(house, 'jan') };
}

async function confirm(house: TestHouse, browser: Browser): Promise<void> {
  await askIdentity(browser, 'authentication-phone');
  await typeCode(browser, 'confirm-identity', await house.codeFor(phone));
  await browser.open('/register/authentication-phone');
  expect(browser.path, browser.text).toBe('/register/authentication-phone');
  house.wait(2 * minute);
}

describe('S09, S10, S11', () => {
  test('S09 the same flow in two browsers: the first of them is told that a newer code was sent', async () => {
    const { house, jan, personId } = await houseWithJan();
    const other = await signIn(house, 'jan');
    await askPhone(jan);
    const first = await house.codeFor(phone);
    await askPhone(other, otherPhone);
    const second = await house.codeFor(otherPhone);
    await typeCode(jan, 'authentication-phone', first);
    expect(jan.problems).toHaveLength(1);
    await typeCode(other, 'authentication-phone', second);
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(otherPhone);
    await typeCode(jan, 'authentication-phone', first);
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(otherPhone);
    expect(await countEvents(house, 'code-accepted')).toBe(1);
  });

  test('S10 of twenty simultaneous right codes exactly one wins, and three rows tell of it once', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const fields = { csrf: jan.csrf, code };
    await Promise.all(
      Array.from({ length: 20 }, () => jan.send('post', '/register/authentication-phone/code', { fields })),
    );
    expect(await countEvents(house, 'code-accepted')).toBe(1);
    expect(await countEvents(house, 'method-registered')).toBe(1);
    expect(await countEvents(house, 'method-changed')).toBe(0);
  });

  test('S10 S29 codes that are all on their way before one is judged: one right one wins, five wrong ones count', async () => {
    const { house, jan, personId } = await houseWithJan();
    const { deps } = house;
    const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, personId);
    if (!person) throw new Error('no person');
    let kept = 0;
    const type = async (code: string) => {
      const { id: challengeId } = await deps.db
        .selectFrom('challenges')
        .select('id')
        .where('ended_at', 'is', null)
        .executeTakeFirstOrThrow();
      const keep = async () => {
        kept += 1;
      };
      const answered = { challengeId, purpose: 'register', code, address: '', keep } as const;
      return (count: number) =>
        Promise.all(Array.from({ length: count }, () => verifyChallenge(deps, person, answered)));
    };
    await askPhone(jan);
    const won = await (await type(await house.codeFor(phone)))(5);
    expect(won.filter(({ result }) => result === 'verified')).toHaveLength(1);
    expect(kept).toBe(1);

    house.wait(2 * minute);
    await askPhone(jan, otherPhone);
    await (await type(otherThan(await house.codeFor(otherPhone))))(50);
    expect(await countEvents(house, 'code-refused')).toBe(5);
    expect(kept).toBe(1);
  });

  test('S11 a code posted twice, Back, and a replayed form have no second effect', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const fields = { csrf: jan.csrf, code: await house.codeFor(phone) };
    await jan.post('/register/authentication-phone/code', fields);
    await jan.post('/register/authentication-phone/code', fields);
    await jan.open('/register/authentication-phone/code');
    expect(jan.path).toBe('/register/authentication-phone');
    expect(await countEvents(house, 'method-registered')).toBe(1);
    expect(await countEvents(house, 'code-accepted')).toBe(1);
  });

  test('S11 the number posted twice at once sends one code', async () => {
    const { house, jan } = await houseWithJan();
    await jan.open('/register/authentication-phone');
    const fields = { csrf: jan.csrf, number: phone, channel: 'text' };
    const post = () => jan.send('post', '/register/authentication-phone', { fields });
    await Promise.all([post(), post(), post()]);
    expect(await house.messages()).toHaveLength(1);
  });

  test('S11 a CSRF token of before signing in is worth nothing after it', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan');
    const browser = house.browser();
    await browser.open('/sign-in');
    const old = browser.csrf;
    await signIn(house, 'jan', browser);
    const fields = { csrf: old, number: phone, channel: 'text' };
    expect((await browser.send('post', '/register/authentication-phone', { fields })).status).toBe(403);
    expect(await countRequested(house)).toBe(0);
  });
});

describe('S12', () => {
  test('S12 one phone is one gate, also when it became the office phone afterwards', async () => {
    const { house, jan, personId } = await houseWithJan();
    await provePhone(house, jan);
    const officePhone = { number: phone, extension: null };
    const person = await personOf(house, personId);
    await replaceOfficePhone(house.deps, {
      person,
      actor: { kind: 'administrator', id: 'anna' },
      officePhone,
    });
    house.wait(2 * minute);
    await postTo(jan, '/register/office-phone');
    await typeCode(jan, 'office-phone', await house.codeFor(phone));
    expect(Object.keys(await provenOfPerson(house, personId)).toSorted()).toEqual([
      'authentication-phone',
      'office-phone',
    ]);
    await postTo(jan, '/register');
    expect(jan.problems.length, 'cannot finish').toBeGreaterThan(0);
    expect(await countEvents(house, 'registration-finished')).toBe(0);
  });

  test('S12 the office phone is refused as a phone of one’s own', async () => {
    const house = await openTestHouse();
    await house.addPerson('jan', { officePhone: { number: phone, extension: '12' } });
    const jan = await signIn(house, 'jan');
    await askPhone(jan, '0031 6 1234 5678');
    expect(jan.problems).toHaveLength(1);
    expect(await countRequested(house)).toBe(0);
  });

  test('S12 questions are never the only gate', async () => {
    const policy = { methodsToRegister: 1, methodsToReset: 1, questionsToRegister: 3, questionsToReset: 3 };
    const { house, jan } = await houseWithJan({ policy });
    for (const [index, answer] of ['Zwaluwstaart', 'Bloemenveld', 'Regenboog'].entries()) {
      await jan.open(`/register/security-questions/${index + 1}`);
      const option = jan.document.querySelectorAll('option')[index + 2]?.getAttribute('value') ?? '';
      await postTo(jan, jan.path, { questionId: option, answer });
      expect(jan.problems).toEqual([]);
    }
    await postTo(jan, '/register');
    expect(jan.problems.length, 'cannot finish').toBeGreaterThan(0);
    await provePhone(house, jan);
    await postTo(jan, '/register');
    expect(jan.path).toBe('/register/finished');
  });
});

describe('S13, the policy changes under way', () => {
  test('S13 a method that the policy switches off is proven no more, nor is its code sent again', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await house.setPolicy({ phoneText: false, phoneCall: false });
    house.wait(2 * minute);
    await askAgain(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(1);
    await typeCode(jan, 'authentication-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S13 a channel that the policy switches off carries no more codes and proves nothing more', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await house.setPolicy({ phoneText: false });
    house.wait(2 * minute);
    await askAgain(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(1);
    await typeCode(jan, 'authentication-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S13 a method that the policy switched off confirms no identity', async () => {
    const { house, jan } = await capableJan();
    await house.setPolicy({ phoneText: false, phoneCall: false, methodsToReset: 1 });
    await jan.open('/register/authentication-email');
    expect(jan.path).toBe('/register/confirm-identity');
    const before = await countRequested(house);
    await askIdentity(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(before);
    await askIdentity(jan, 'authentication-email');
    expect(await countRequested(house)).toBe(before + 1);
  });

  test('S13 what an administrator filled in must meet the policy of today before a code goes there', async () => {
    const { house, jan, personId } = await houseWithJan();
    const consent = { givenBy: 'jan', givenAt: 0, how: 'paper', recordedBy: 'anna' };
    const person = await personOf(house, personId);
    const method = { kind: 'authentication-phone', channel: 'text', number: '+4915228817386' } as const;
    await fillInMethod(house.deps, { person, actor: { kind: 'administrator', id: 'anna' }, method, consent });
    await house.setPolicy({ phoneCountries: ['NL'] });
    await postTo(jan, '/register/authentication-phone/filled-in');
    expect(await countRequested(house)).toBe(0);
    await house.setPolicy({ phoneCountries: ['NL', 'DE'] });
    await postTo(jan, '/register/authentication-phone/filled-in');
    expect(await countRequested(house)).toBe(1);
  });

  test('S13 more methods asked during the flow: what sufficed before does not finish it now', async () => {
    const { house, jan } = await houseWithJan({ policy: { methodsToRegister: 1, methodsToReset: 1 } });
    await provePhone(house, jan);
    await house.setPolicy({ methodsToRegister: 2 });
    await postTo(jan, '/register');
    expect(jan.path).toBe('/register');
    expect(jan.problems.length).toBeGreaterThan(0);
    expect(await countEvents(house, 'registration-finished')).toBe(0);
  });

  test('S65 a step opened before the person was able to reset ends when they become so', async () => {
    const { house, jan, personId } = await houseWithJan();
    await provePhone(house, jan);
    house.wait(2 * minute);
    const thief = await signIn(house, 'jan');
    await askPhone(thief, otherPhone);
    const code = await house.codeFor(otherPhone);
    await proveMailbox(house, jan);
    await typeCode(thief, 'authentication-phone', code);
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(phone);
    await askAgain(thief, 'authentication-phone');
    await typeCode(thief, 'authentication-phone', await house.codeFor(otherPhone));
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(phone);
  });
});

describe('S14', () => {
  test('S14 who is disabled under way proves nothing more and is signed out', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await disable(house, personId);
    await typeCode(jan, 'authentication-phone', code);
    expect(jan.path).toMatch(/^\/sign-in/);
    expect(await provenOfPerson(house, personId)).toEqual({});
    await jan.open('/register');
    expect(jan.path).toMatch(/^\/sign-in/);
  });

  test('S14 who is disabled between reading the person and consuming the code proves nothing', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const { id } = await house.deps.db.selectFrom('challenges').select('id').executeTakeFirstOrThrow();
    const before = await personOf(house, personId);
    await disable(house, personId);
    const answered = { challengeId: id, purpose: 'register' as const, code, address: '' };
    let kept = 0;
    const keep = async () => {
      kept += 1;
    };
    const verified = await verifyChallenge(house.deps, before, { ...answered, keep });
    expect(verified).toEqual({ result: 'ended' });
    expect(kept).toBe(0);
  });

  test('S14 an answer that is still being hashed when the person is disabled is not kept', async () => {
    const { house, jan, personId } = await houseWithJan();
    await jan.open('/register/security-questions/1');
    const questionId = jan.document.querySelectorAll('option')[2]?.getAttribute('value') ?? '';
    const fields = { csrf: jan.csrf, questionId, answer: 'Zwaluwstaart' };
    const { hashAnswer } = house.deps.secrets.answers;
    const answers = house.deps.secrets.answers;
    Object.assign(answers, {
      hashAnswer: async (answer: string, person: string) => {
        const hash = await hashAnswer(answer, person);
        await disable(house, personId);
        return hash;
      },
    });
    await jan.post('/register/security-questions/1', fields);
    expect(await house.deps.db.selectFrom('answers').selectAll().execute()).toEqual([]);
  });
});

describe('S15, S16', () => {
  const broken = ['limits', 'challenges', 'audit', 'registrations', 'messages'] as const;

  test.each(broken)(
    'S15 with the table %s away no code is taken, and it still counts afterwards',
    async (table) => {
      const { house, jan, personId } = await houseWithJan();
      await askPhone(jan);
      const code = await house.codeFor(phone);
      await jan.open('/register/authentication-phone/code');
      const fields = { csrf: jan.csrf, code };
      await house.deps.db.schema.alterTable(table).renameTo('away').execute();
      const answer = await jan.send('post', '/register/authentication-phone/code', { fields });
      await house.deps.db.schema.alterTable('away').renameTo(table).execute();
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/no such table|at .*\.ts|SQLITE/i);
      house.log.length = 0;
      expect(await provenOfPerson(house, personId)).toEqual({});
      await typeCode(jan, 'authentication-phone', code);
      expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
    },
  );

  test.each(['limits', 'audit', 'embedded_accounts', 'people', 'sessions', 'policies'] as const)(
    'S15 with the table %s away nobody is signed in',
    async (table) => {
      // Where sessions are in Redis, the table of them is nobody's; test/redis takes Redis away.
      const house = await openTestHouse({ env: { REDIS_URL: '' } });
      await house.addPerson('jan');
      const browser = house.browser();
      await browser.open('/sign-in');
      const fields = { csrf: browser.csrf, userName: 'jan', password };
      await house.deps.db.schema.alterTable(table).renameTo('away').execute();
      const answer = await browser.send('post', '/sign-in', { fields });
      await house.deps.db.schema.alterTable('away').renameTo(table).execute();
      house.log.length = 0;
      expect(answer.status).toBe(500);
      await browser.open('/register');
      expect(browser.path).toMatch(/^\/sign-in/);
    },
  );

  test('S15 headers and cookies that cannot be read open nothing', async () => {
    const { house } = await houseWithJan();
    const bad: Record<string, string>[] = [
      { Cookie: 'session=s%3Aabc.def; visit=%E0%A4%A; browser=1.2.3; form=x; language=xx' },
      { Cookie: 'session=%; =; ;;;' },
      { 'X-Forwarded-For': ',,,;;', Forwarded: 'for="' },
      { 'Accept-Language': ';;q=,*;q=9', 'HX-Request': 'true', 'HX-Target': '#' },
      { Referer: 'http://[', Origin: 'http://[' },
    ];
    for (const headers of bad) {
      const answer = await house.browser().send('get', '/register', { headers });
      expect(answer.status, JSON.stringify(headers)).toBe(303);
      expect(answer.get('Location')).toMatch(/^\/sign-in/);
    }
  });

  test('S16 a first password that could not be stored is not shown as kept', async () => {
    const house = await openTestHouse();
    const { firstPassword } = await house.addPerson('jan', { oneTime: true });
    const browser = house.browser();
    await browser.open('/sign-in');
    await postTo(browser, '/sign-in', { userName: 'jan', password: firstPassword });
    expect(browser.path).toBe('/sign-in/new-password');
    const { directory } = house.deps;
    const { setPassword } = directory;
    directory.setPassword = async () => {
      throw new Error('the directory is away');
    };
    const fields = { csrf: browser.csrf, password: 'zeven vogels zingen', repeat: 'zeven vogels zingen' };
    const answer = await browser.send('post', '/sign-in/new-password', { fields });
    directory.setPassword = setPassword;
    house.log.length = 0;
    expect(answer.status).toBe(500);
    expect(await countEvents(house, 'first-password-changed')).toBe(0);
    expect(await directory.checkPassword('jan', firstPassword)).toBe('one-time');
  });
});

describe('S21 and what was ended before', () => {
  test('S21 all open codes die when an address is changed', async () => {
    const { house, jan, personId } = await capableJan();
    await confirm(house, jan);
    const other = await signIn(house, 'jan');
    await askIdentity(other, 'authentication-email');
    const open = await house.codeFor(mailbox);
    await provePhone(house, jan, otherPhone);
    await typeCode(other, 'confirm-identity', open);
    expect(other.problems).toHaveLength(1);
    expect((await provenOfPerson(house, personId))['authentication-phone']).toContain(otherPhone);
  });

  test('S21 all open codes die when a method is removed', async () => {
    const { house, jan, personId } = await houseWithJan();
    await provePhone(house, jan);
    await askMailbox(jan);
    const open = await house.codeFor(mailbox);
    await postTo(jan, '/register/authentication-phone/remove');
    expect(await provenOfPerson(house, personId)).toEqual({});
    await typeCode(jan, 'authentication-email', open);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S21 “send again” brings no code back to a phone that is registered no more', async () => {
    const { house, jan } = await capableJan();
    await confirm(house, jan);
    const thief = await signIn(house, 'jan');
    await askIdentity(thief, 'authentication-phone');
    await spend(thief, 'confirm-identity', await house.codeFor(phone));
    await provePhone(house, jan, otherPhone);
    house.wait(2 * minute);
    const before = (await house.messages()).length;
    await askAgain(thief, 'confirm-identity');
    expect((await house.messages()).slice(before)).toEqual([]);
    await thief.open('/register/authentication-email');
    expect(thief.path).toBe('/register/confirm-identity');
  });

  test('S21 “send again” calls no office phone that the administrator has replaced', async () => {
    const house = await openTestHouse();
    const old = { number: '+31207940000', extension: null };
    const { personId } = await house.addPerson('jan', { officePhone: old });
    const jan = await signIn(house, 'jan');
    await postTo(jan, '/register/office-phone');
    await spend(jan, 'office-phone', await house.codeFor(old.number));
    const officePhone = { number: '+31207940001', extension: null };
    const person = await personOf(house, personId);
    await replaceOfficePhone(house.deps, {
      person,
      actor: { kind: 'administrator', id: 'anna' },
      officePhone,
    });
    house.wait(2 * minute);
    await askAgain(jan, 'office-phone');
    await typeCode(jan, 'office-phone', await house.codeFor(old.number));
    expect(await provenOfPerson(house, personId)).toEqual({});
    expect(await countRequested(house)).toBe(1);
  });

  test('S61 a call asked for just as the administrator replaced the number proves nothing', async () => {
    const house = await openTestHouse();
    const old = { number: '+31207940000', extension: null };
    const { personId } = await house.addPerson('jan', { officePhone: old });
    const jan = await signIn(house, 'jan');
    await postTo(jan, '/register/office-phone');
    const code = await house.codeFor(old.number);
    const person = await personOf(house, personId);
    const officePhone = { number: '+31207940001', extension: null };
    await replaceOfficePhone(house.deps, {
      person,
      actor: { kind: 'administrator', id: 'anna' },
      officePhone,
    });
    // As if the call had been asked for with what was read before the administrator's change.
    await house.deps.db.updateTable('challenges').set({ ended_at: null, ended_as: null }).execute();
    await typeCode(jan, 'office-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test('S21 codes ended by hand of the house are taken no more', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await cancelChallenges(house.deps.db, house.clock.now, { personId });
    await typeCode(jan, 'authentication-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
    house.wait(2 * minute);
    await askAgain(jan, 'authentication-phone');
    expect(await countRequested(house)).toBe(1);
  });
});

describe('S65, checks that stand for a while', () => {
  test('S65 a check that lapses under way can be made again, and the step goes on', async () => {
    const { house, jan, personId } = await houseWithJan();
    house.wait(14 * minute);
    await jan.open('/register');
    house.wait(14 * minute);
    await askPhone(jan);
    const first = await house.codeFor(phone);
    house.wait(3 * minute);
    await typeCode(jan, 'authentication-phone', first);
    expect(jan.path).toBe('/register/confirm-identity');
    await postTo(jan, '/register/confirm-identity', { password });
    expect(jan.path).toBe('/register/authentication-phone/code');
    await typeCode(jan, 'authentication-phone', first);
    expect(jan.problems, 'is told what to do').toHaveLength(1);
    await askAgain(jan, 'authentication-phone');
    await typeCode(jan, 'authentication-phone', await house.codeFor(phone));
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
  });

  test('S65 a wrong code to a proven phone opens no change', async () => {
    const { house, jan } = await capableJan();
    await askIdentity(jan, 'authentication-phone');
    await typeCode(jan, 'confirm-identity', otherThan(await house.codeFor(phone)));
    await jan.open('/register/authentication-email');
    expect(jan.path).toBe('/register/confirm-identity');
  });
});

describe('a first password', () => {
  test('S66 of two browsers that used the same first password only one chooses the lasting one', async () => {
    const house = await openTestHouse();
    const { firstPassword } = await house.addPerson('jan', { oneTime: true });
    const browsers = [house.browser(), house.browser()];
    for (const browser of browsers) {
      await browser.open('/sign-in');
      await postTo(browser, '/sign-in', { userName: 'jan', password: firstPassword });
      expect(browser.path).toBe('/sign-in/new-password');
    }
    const [own, thief] = browsers;
    if (!own || !thief) throw new Error('no browsers');
    await postTo(own, '/sign-in/new-password', {
      password: 'zeven vogels zingen',
      repeat: 'zeven vogels zingen',
    });
    expect(own.path).toBe('/register');
    await postTo(thief, '/sign-in/new-password', {
      password: 'acht dieven fluiten',
      repeat: 'acht dieven fluiten',
    });
    expect(await house.deps.directory.checkPassword('jan', 'zeven vogels zingen')).toBe('right');
    expect(await house.deps.directory.checkPassword('jan', 'acht dieven fluiten')).toBe('wrong');
    await own.open('/register');
    expect(own.path).toBe('/register');
  });
});

describe('signing out while another answer is under way', () => {
  test('S51 an answer that comes after signing out does not bring the session back', async () => {
    const { house, jan } = await houseWithJan();
    const session = jan.cookies.get('session') ?? '';
    const visit = jan.cookies.get('visit') ?? '';
    await jan.open('/register/security-questions/1');
    const questionId = jan.document.querySelectorAll('option')[2]?.getAttribute('value') ?? '';
    const fields = { csrf: jan.csrf, questionId, answer: 'Zwaluwstaart' };
    await Promise.all([
      jan.send('post', '/register/security-questions/1', { fields }),
      jan.send('post', '/sign-out', { fields: { csrf: jan.csrf } }),
    ]);
    const thief = house.browser();
    thief.cookies.set('session', session).set('visit', visit);
    await thief.open('/register');
    expect(thief.path).toMatch(/^\/sign-in/);
  });
});
