import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { createChallenge } from '../../src/challenges/create.ts';
import { readPerson } from '../../src/people/person.ts';
import { readPolicy } from '../../src/policy/versions.ts';
import { makeCodes } from '../../src/secrets/codes.ts';
import { makeKeyRing } from '../../src/secrets/key-ring.ts';
import { newId } from '../../src/secrets/random.ts';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { signIn } from '../helpers/journeys.ts';
import { minute, monday, openTestHouse, password, second, type TestHouse } from '../helpers/test-house.ts';
import {
  askAgain,
  askIdentity,
  askMailbox,
  askPhone,
  countEvents,
  countRequested,
  houseWithJan,
  mailbox,
  otherThan,
  phone,
  postTo,
  proveMailbox,
  provenOfPerson,
  provePhone,
  typeCode,
} from './attack.ts';

describe('S18, S19, S20', () => {
  test('S18 once a newer code exists, the older one is refused, and in its words', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const old = await house.codeFor(phone);
    house.wait(5 * minute);
    await askAgain(jan, 'authentication-phone');
    const fresh = await house.codeFor(phone);
    expect(fresh).not.toBe(old);
    await typeCode(jan, 'authentication-phone', old);
    expect(jan.problems).toHaveLength(1);
    expect(await provenOfPerson(house, personId)).toEqual({});
    await typeCode(jan, 'authentication-phone', fresh);
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
  });

  test('S18 “send again” early sends the same code and gives no further tries', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    for (let n = 0; n < 4; n += 1) await typeCode(jan, 'authentication-phone', otherThan(code));
    house.wait(minute);
    await askAgain(jan, 'authentication-phone');
    expect(await house.messages()).toHaveLength(2);
    expect(await house.codeFor(phone)).toBe(code);
    await typeCode(jan, 'authentication-phone', otherThan(code));
    await typeCode(jan, 'authentication-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
    expect(await countEvents(house, 'code-refused')).toBe(5);
  });

  test('S18 “send again” makes a code live no longer', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    house.wait(4 * minute);
    await askAgain(jan, 'authentication-phone');
    house.wait(6 * minute);
    await typeCode(jan, 'authentication-phone', code);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test.each([
    ['S19 a code is taken one second before its ten minutes are over', -second, true],
    ['S19 a code is refused one second after its ten minutes are over', second, false],
    ['S19 a code is refused at the very moment its ten minutes are over', 0, false],
  ])('%s', async (_name, offset, isTaken) => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    house.wait(10 * minute + offset);
    await typeCode(jan, 'authentication-phone', code);
    expect('authentication-phone' in (await provenOfPerson(house, personId))).toBe(isTaken);
  });

  test('S19 a code that waited in the queue until it had run out is not sent', async () => {
    const { house, jan } = await houseWithJan();
    await house.house.delivery.stop();
    await askPhone(jan);
    house.wait(10 * minute);
    const again = await openTestHouse({ folder: house.folder });
    again.wait(10 * minute);
    expect(await again.messages()).toEqual([]);
  });

  test('S20 a used code is refused for the method it proved and for anything else', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    await typeCode(jan, 'authentication-phone', code);
    await typeCode(jan, 'authentication-phone', code);
    expect(jan.path).not.toBe('/register');
    await proveMailbox(house, jan);
    house.wait(2 * minute);
    const other = await signIn(house, 'jan');
    await askIdentity(other, 'authentication-phone');
    const confirming = await house.codeFor(phone);
    await typeCode(other, 'confirm-identity', confirming);
    await typeCode(other, 'confirm-identity', confirming);
    expect(await countEvents(house, 'identity-confirmed')).toBe(1);
    expect(await countEvents(house, 'method-registered')).toBe(2);
  });
});

describe('S22', () => {
  test('S22 the codes of a hundred thousand challenges are spread evenly (chi-square), in each digit and over all', () => {
    const codes = makeCodes(makeKeyRing(() => monday));
    const count = 100_000;
    const digits = Array.from({ length: 6 }, () => new Array<number>(10).fill(0));
    const buckets = new Array<number>(1000).fill(0);
    for (let n = 0; n < count; n += 1) {
      const code = codes.codeOf(`challenge-${n}`, codes.keyId);
      for (const [place, digit] of [...code].entries()) {
        const row = digits[place];
        if (row) row[Number(digit)] = (row[Number(digit)] ?? 0) + 1;
      }
      const bucket = Math.floor(Number(code) / 1000);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    const chiSquare = (seen: number[]) => {
      const expected = count / seen.length;
      return seen.reduce((total, one) => total + (one - expected) ** 2 / expected, 0);
    };
    // 9 degrees of freedom: more than 42 happens once in 300,000 runs; 999: more than 1,220 once in 500,000.
    for (const row of digits) expect(chiSquare(row)).toBeLessThan(42);
    expect(chiSquare(buckets)).toBeLessThan(1220);
  });

  test('S22 another key gives other codes for the same challenges', () => {
    const [one, other] = [makeCodes(makeKeyRing(() => monday)), makeCodes(makeKeyRing(() => monday))];
    const ids = Array.from({ length: 1000 }, (_, n) => `challenge-${n}`);
    const same = ids.filter((id) => one.codeOf(id, one.keyId) === other.codeOf(id, other.keyId));
    expect(same.length).toBeLessThan(5);
  });

  test('S22 challenge ids hold at least 128 random bits, and no two are alike', async () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...ids.map((id) => id.length * 6))).toBeGreaterThanOrEqual(128);
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const { id } = await house.deps.db.selectFrom('challenges').select('id').executeTakeFirstOrThrow();
    expect(id).toMatch(/^[\w-]{22,}$/);
  });
});

/** Everything a thief of the data finds: every table as text, and the bytes of the embedded database's files, keys left out. */
async function dumpOf(house: TestHouse): Promise<string> {
  const { db } = house.deps;
  const tables = await db.introspection.getTables();
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(db)).rows));
  expect(parts.length).toBeGreaterThan(20);
  // PostgreSQL's files are on another machine; the rows above are what they hold.
  if (house.deps.config.databaseUrl !== undefined) return parts.join('\n');
  const files = (await readdir(join(house.folder, 'data'))).filter((name) => name.startsWith('sparekey.db'));
  for (const name of files) parts.push((await readFile(join(house.folder, 'data', name))).toString('latin1'));
  expect(files.length).toBeGreaterThan(0);
  return parts.join('\n');
}

/** A browser that remembers every URL, title, log-worthy header and page it met. */
interface Met {
  urls: string[];
  headers: string[];
  titles: string[];
  pages: string[];
}

function watch(browser: Browser, met: Met): void {
  const send = browser.send.bind(browser);
  browser.send = async (method, path, options = {}) => {
    const answer = await send(method, path, options);
    met.urls.push(path, answer.get('Location') ?? '');
    met.headers.push(JSON.stringify(answer.headers));
    met.titles.push(/<title>([^<]*)/.exec(answer.text ?? '')?.[1] ?? '');
    met.pages.push(answer.text ?? '');
    return answer;
  };
}

const answerText = 'Zwaluwstaartbootje';

/** A whole registration with stumbles, watched; gives every secret that went through it. */
async function stumbleThrough(house: TestHouse, jan: Browser): Promise<string[]> {
  const codes: string[] = [];
  await askPhone(jan);
  codes.push(await house.codeFor(phone));
  await typeCode(jan, 'authentication-phone', '918273');
  await typeCode(jan, 'authentication-phone', `${codes[0]}1`);
  await typeCode(jan, 'authentication-phone', codes[0] ?? '');
  await askMailbox(jan);
  codes.push(await house.codeFor(mailbox));
  await jan.open('/register/security-questions/1');
  const questionId = jan.document.querySelectorAll('option')[3]?.getAttribute('value') ?? '';
  await postTo(jan, jan.path, { questionId: 'nonsense', answer: answerText });
  await postTo(jan, jan.path, { questionId, answer: answerText });
  await jan.open('/register/security-questions/2');
  const second = jan.document.querySelectorAll('option')[4]?.getAttribute('value') ?? '';
  await postTo(jan, jan.path, { questionId: second, answer: answerText });
  expect(jan.problems.length, 'the same answer twice').toBeGreaterThan(0);
  await typeCode(jan, 'authentication-email', codes[1] ?? '');
  house.wait(2 * minute);
  await postTo(jan, '/sign-out');
  await signIn(house, 'jan', jan);
  await jan.open('/register/authentication-phone');
  expect(jan.path).toBe('/register/confirm-identity');
  await askIdentity(jan, 'authentication-phone');
  codes.push(await house.codeFor(phone));
  await typeCode(jan, 'confirm-identity', codes[2] ?? '');
  await postTo(jan, '/register');
  await house.messages();
  return [...codes, '918273', password, answerText];
}

describe('S23, S24', () => {
  test('S23 S24 no code, answer, password, number or address is found where it does not belong', async () => {
    const house = await openTestHouse({ policy: { questionsToRegister: 3, questionsToReset: 3 } });
    const workMailbox = 'j.jansen@work.example.org';
    await house.addPerson('jan', {
      workMailbox,
      officePhone: { number: '+31207940000', extension: '4711' },
    });
    const met: Met = { urls: [], headers: [], titles: [], pages: [] };
    const stranger = house.browser();
    watch(stranger, met);
    await stranger.open('/sign-in');
    // Typed into the wrong field, as people do.
    await postTo(stranger, '/sign-in', { userName: password, password: 'jan' });
    const jan = house.browser();
    watch(jan, met);
    await signIn(house, 'jan', jan);
    const secrets = await stumbleThrough(house, jan);
    const personal = [phone, phone.slice(3), '0612345678', mailbox, workMailbox, '207940000'];

    const dump = await dumpOf(house);
    for (const one of [...secrets, ...personal]) expect(dump.includes(one), `${one} in the dump`).toBe(false);
    const log = house.log.join('\n');
    for (const one of [...secrets, ...personal]) expect(log.includes(one), `${one} in the log`).toBe(false);
    const audit = JSON.stringify(await house.audit());
    for (const one of [...secrets, ...personal])
      expect(audit.includes(one), `${one} in the audit`).toBe(false);
    for (const one of [...secrets, ...personal]) {
      expect(
        met.urls.filter((url) => decodeURIComponent(url).includes(one)),
        `${one} in a URL`,
      ).toEqual([]);
      expect(
        met.titles.filter((title) => title.includes(one)),
        `${one} in a title`,
      ).toEqual([]);
      expect(
        met.headers.filter((text) => text.includes(one)),
        `${one} in a header`,
      ).toEqual([]);
    }
    const shown = met.pages.join('\n').replaceAll(`value="${password}"`, '');
    for (const one of secrets) expect(shown.includes(one), `${one} on a page`).toBe(false);
    // A mask is all that is ever shown of a number or address that was proven.
    for (const one of [phone, mailbox]) expect(shown.includes(one), `${one} on a page`).toBe(false);
  });

  test('S23 a code cannot be had from the store: with another key the same rows give other codes', async () => {
    const { house, jan } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const { id } = await house.deps.db.selectFrom('challenges').selectAll().executeTakeFirstOrThrow();
    const rings = Array.from({ length: 20 }, () => makeCodes(makeKeyRing(() => monday)));
    expect(rings.filter((codes) => codes.codeOf(id, codes.keyId) === code).length).toBeLessThan(2);
  });

  test('S23 sessions are sealed: a dumped row is no session id, and shows no name, number or challenge', async () => {
    // Of what Redis holds, test/redis asks the same.
    const { house, jan, personId } = await houseWithJan({ env: { REDIS_URL: '' } });
    await askPhone(jan);
    await askMailbox(jan, 'not an address but typed@');
    const { id, data } = await house.deps.db.selectFrom('sessions').selectAll().executeTakeFirstOrThrow();
    for (const one of ['not an address', 'typed@', personId, 'challenges', 'passwordAt'])
      expect(data.includes(one), one).toBe(false);
    for (const value of [id, `s:${id}`, encodeURIComponent(`s:${id}.`), data]) {
      const thief = house.browser();
      thief.cookies.set('session', value);
      await thief.open('/register');
      expect(thief.path).toMatch(/^\/sign-in/);
    }
  });

  test('S23 sealed values are bound to their person: one row copied onto another is not opened', async () => {
    const { house, jan, personId } = await houseWithJan();
    const piet = await house.addPerson('piet');
    await provePhone(house, jan);
    const row = await house.deps.db
      .selectFrom('registrations')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    await house.deps.db
      .insertInto('registrations')
      .values({ ...row, person_id: piet.personId })
      .execute();
    const browser = house.browser();
    await browser.open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf, userName: 'piet', password });
    expect(browser.path).toBe('/register');
    const { register, methods } = wordsOf('nl');
    const shown = browser.row(methods.names['authentication-phone']);
    expect(shown).toContain(register.states.unreadable);
    expect(shown).not.toContain(phone.slice(-2));
  });
});

describe('S25, S26', () => {
  test('S25 a mail scanner that opens every page with the code in the query uses nothing up', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const code = await house.codeFor(phone);
    const paths = [
      '',
      '/authentication-phone',
      '/authentication-phone/code',
      '/authentication-phone/code/again',
    ];
    for (const path of paths)
      for (const method of ['get', 'head'] as const)
        await jan.send(method, `/register${path}?code=${code}&csrf=${jan.csrf}`);
    expect(await countRequested(house)).toBe(1);
    expect(await provenOfPerson(house, personId)).toEqual({});
    await typeCode(jan, 'authentication-phone', code);
    expect(Object.keys(await provenOfPerson(house, personId))).toEqual(['authentication-phone']);
  });

  const forms: [string, string][] = [
    ['/sign-in', 'userName=jan&password=x'],
    ['/register/authentication-phone', `number=0612345678&channel=text`],
    ['/register/authentication-phone/code', 'code=123456'],
    ['/register/authentication-email', 'address=jan%40example.com'],
    ['/register/confirm-identity', 'password=x&method=authentication-phone'],
    ['/register/security-questions/1', 'questionId=x&answer=Zwaluwstaart'],
  ];

  test.each(forms)(
    'S26 %s refuses fields given twice, arrays and far too much, in words',
    async (path, good) => {
      const { house, jan, personId } = await houseWithJan();
      await jan.open('/register');
      const csrf = `csrf=${encodeURIComponent(jan.csrf)}`;
      const [first = ''] = good.split('&');
      const [name = ''] = first.split('=');
      const bad: [string, number][] = [
        [`${csrf}&${good}&${first}`, 400],
        [`${csrf}&${csrf}&${good}`, 400],
        [`${csrf}&${good}&${name}=a&${name}=b&${name}=c`, 400],
        [`${csrf}&${good}&x=${'y'.repeat(20_000)}`, 413],
        [`${csrf}&${good}${'&a=1'.repeat(50)}`, 413],
        [`${csrf}&${good}&${'n'.repeat(200)}=1`, 400],
      ];
      for (const [fields, status] of bad) {
        const answer = await jan.send('post', path, { fields });
        expect(answer.status, fields.slice(0, 80)).toBe(status);
        expect(answer.text).toMatch(/<h1>/);
        expect(answer.text).not.toMatch(/ at .*\.[jt]s:\d|node_modules|ZodError/);
      }
      expect(await countRequested(house)).toBe(0);
      expect(await provenOfPerson(house, personId)).toEqual({});
    },
  );

  test('S26 brackets in names, broken percent signs and NULs are no more than odd texts', async () => {
    const { house, jan, personId } = await houseWithJan();
    await jan.open('/register');
    const csrf = `csrf=${encodeURIComponent(jan.csrf)}`;
    for (const fields of [
      `${csrf}&code[]=123456&code[x]=1`,
      `${csrf}&code=%`,
      `${csrf}&code=%E0%A4%A`,
      `${csrf}&code=123456%00`,
      `${csrf}&code=${'1'.repeat(15_000)}`,
      `${csrf}&__proto__=1&constructor=2&code=1`,
      `${csrf}&code=%F0%9D%9F%8F23456`,
    ]) {
      const answer = await jan.send('post', '/register/authentication-phone/code', { fields });
      expect(answer.status, fields.slice(0, 80)).toBe(303);
    }
    expect(await provenOfPerson(house, personId)).toEqual({});
  });

  test.each([
    ['application/json', '{"code":"123456"}', 403],
    ['multipart/form-data; boundary=x', '--x--', 403],
    ['application/x-www-form-urlencoded; charset=utf-7', 'code=1', 400],
    ['text/plain', 'code=1', 403],
  ])('S26 a body of type %s is refused', async (type, body, status) => {
    const { jan } = await houseWithJan();
    const headers = { 'Content-Type': type };
    const answer = await jan.send('post', '/register/authentication-phone/code', { fields: body, headers });
    expect([400, 403, status]).toContain(answer.status);
    expect(answer.text).not.toMatch(/ at .*\.[jt]s:\d/);
  });

  test.each([
    '/register/security-questions/%E0%A4%A',
    '/register/%',
    '/sign-in?return=a&return=b&lang=nl&lang=en',
  ])('S26 the address %s breaks nothing', async (path) => {
    const { jan } = await houseWithJan();
    const answer = await jan.send('get', path);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toMatch(/ at .*\.[jt]s:\d/);
  });

  test('S26 a body that breaks off is refused, and the house lives on', async () => {
    const { house, jan, personId } = await houseWithJan();
    await askPhone(jan);
    const { connect } = await import('node:net');
    const { port, hostname } = new URL(house.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          `POST /register/authentication-phone/code HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ncode=12`,
        );
        socket.end();
      });
      socket.on('close', () => resolve());
      socket.resume();
    });
    await jan.open('/register');
    expect(jan.status).toBe(200);
    expect(await provenOfPerson(house, personId)).toEqual({});
  });
});

describe('what a challenge carries', () => {
  test('S08 a code goes to the destination sealed in its own challenge, whatever the person’s row says', async () => {
    const { house, personId } = await houseWithJan();
    const { deps } = house;
    const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, personId);
    if (!person) throw new Error('no person');
    const method = { kind: 'authentication-phone', number: phone, channel: 'text' } as const;
    const created = await createChallenge(deps, person, {
      purpose: 'register',
      method,
      language: 'nl',
      policy: await readPolicy(deps.db),
      authorisedUntil: Number.MAX_SAFE_INTEGER,
      address: '',
    });
    expect(created.result).toBe('created');
    const messages = await house.messages();
    expect(messages.map(({ to }) => to)).toEqual([phone]);
  });
});
