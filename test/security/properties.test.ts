import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditQuery } from '../../src/admin-api/audit-filter.ts';
import { overdueFilter } from '../../src/admin-api/overdue-filter.ts';
import { BadConfig, readConfig } from '../../src/config/config.ts';
import { csvLine } from '../../src/csv.ts';
import {
  readChannel,
  readDay,
  readGroups,
  readLanguage,
  readLine,
  readYesNo,
} from '../../src/imports/cells.ts';
import { firstRows } from '../../src/imports/separator.ts';
import { foldedWords, foldName, searchKeysOf } from '../../src/people/search-keys.ts';
import { isUserName, normaliseUserName } from '../../src/people/user-name.ts';
import { defaultPolicy, type Policy, policySchema } from '../../src/policy/policy.ts';
import { ownPath } from '../../src/web/return-path.ts';
import { openTestHouse } from '../helpers/test-house.ts';
import { anyText } from '../methods/any-text.ts';

// The same cases in every run; a failure prints the seed and the path to the smallest one that fails.
fc.configureGlobal({ seed: 20_261_126, numRuns: 400 });

/** Codes, phones, addresses, answers, exports and return paths have theirs beside their own tests. */
describe('properties', () => {
  test('a user name has one normal form, and none that is taken holds what could deceive', () => {
    expect(normaliseUserName(' Jan . .. ')).toBe('jan');
    fc.assert(
      fc.property(anyText, (typed) => {
        const normal = normaliseUserName(typed);
        expect(normaliseUserName(normal)).toBe(normal);
        expect(normal).toBe(normal.trim());
        if (!isUserName(normal)) return;
        expect(normal).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Z}"<>&/\\:;,%*()=|]/u);
        expect(normal).toBe(normal.toLowerCase().normalize('NFKC'));
        expect(encodeURIComponent(normal)).not.toBe('');
      }),
    );
  });

  test('a policy is taken only when it can be met, and reads back as it was', () => {
    const settings = fc.record(
      {
        officePhone: fc.boolean(),
        phoneText: fc.boolean(),
        phoneCall: fc.boolean(),
        authenticationEmail: fc.boolean(),
        securityQuestions: fc.boolean(),
        methodsToReset: fc.integer({ min: -1, max: 4 }),
        methodsToRegister: fc.integer({ min: -1, max: 6 }),
        questionsToRegister: fc.oneof(fc.integer({ min: 0, max: 7 }), fc.double()),
        questionsToReset: fc.integer({ min: 0, max: 7 }),
        postponeDays: fc.integer({ min: -2, max: 20 }),
        phoneCountries: fc.array(fc.oneof(fc.constantFrom('NL', 'BE', 'nl', ''), anyText)),
        ownMailDomains: fc.array(fc.oneof(fc.constant('example.org'), anyText)),
        helpContact: fc.oneof(fc.constantFrom(null, 'javascript:alert(1)', 'mailto:a@b'), anyText),
        organisationName: anyText,
      },
      { requiredKeys: [] },
    );
    let taken = 0;
    const check = (policy: Policy) => {
      const gates = [policy.phoneText || policy.phoneCall, policy.officePhone, policy.authenticationEmail];
      const possession = gates.filter(Boolean).length;
      const most = possession + (policy.securityQuestions ? 1 : 0);
      expect(possession).toBeGreaterThan(0);
      expect(policy.methodsToRegister).toBeGreaterThanOrEqual(policy.methodsToReset);
      expect(policy.methodsToRegister).toBeLessThanOrEqual(most);
      expect(policy.questionsToReset).toBeLessThanOrEqual(policy.questionsToRegister);
      expect(policy.helpContact ?? 'https://').toMatch(/^(https:\/\/|mailto:)/);
      expect(policySchema.parse(policy)).toEqual(policy);
      taken += 1;
    };
    fc.assert(
      fc.property(settings, (changes) => {
        const parsed = policySchema.safeParse({ ...defaultPolicy, ...changes });
        if (parsed.success) check(parsed.data);
      }),
    );
    for (const name of Object.keys(defaultPolicy))
      fc.assert(
        fc.property(fc.anything(), (value) => {
          const parsed = policySchema.safeParse({ ...defaultPolicy, [name]: value });
          if (parsed.success) check(parsed.data);
        }),
        { numRuns: 40 },
      );
    expect(taken, 'some must be taken, or nothing was tried').toBeGreaterThan(5);
  });

  test('an administrator’s filter never throws, and lets through what it allows and no more', () => {
    const names = [
      'person',
      'actor',
      'kind',
      'outcome',
      'from',
      'to',
      'after',
      'limit',
      'prefix',
      'group',
      'reason',
    ];
    const query = fc.dictionary(
      fc.oneof(fc.constantFrom(...names), anyText),
      fc.oneof(anyText, fc.constant('10')),
    );
    fc.assert(
      fc.property(query, (asked) => {
        const audit = auditQuery.safeParse(asked);
        if (audit.success) {
          expect(audit.data.limit).toBeGreaterThanOrEqual(1);
          expect(audit.data.limit).toBeLessThanOrEqual(500);
          expect(audit.data.kind ?? 'a').toMatch(/^[a-z-]+$/);
        }
        const overdue = overdueFilter.safeParse(asked);
        if (overdue.success) expect(JSON.stringify(overdue.data)).not.toContain('\\u0000');
        const strange = Object.keys(asked).some((name) => !names.includes(name));
        if (strange) expect(audit.success || overdue.success).toBe(false);
      }),
    );
  });

  test('a name is found by the beginning of each of its words, however it is typed', () => {
    fc.assert(
      fc.property(anyText, anyText, (userName, displayName) => {
        const keys = searchKeysOf({ userName, displayName });
        expect(keys.length).toBeLessThanOrEqual(24);
        for (const key of keys) {
          expect([...key].length).toBeLessThanOrEqual(64);
          expect(key.isWellFormed() && key !== '' && !key.includes('\0')).toBe(true);
        }
        const words = foldedWords(displayName).slice(0, 5);
        for (const word of words) expect(keys.some((key) => key.startsWith(word.slice(0, 3)))).toBe(true);
        expect(foldName(foldName(displayName))).toBe(foldName(displayName));
      }),
    );
  });

  test('a cell of an import is read or refused by name, never half', () => {
    const now = Date.UTC(2026, 10, 26);
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 300 }), (cell, most) => {
        for (const read of [readYesNo(cell), readLanguage(cell), readChannel(cell)])
          expect(typeof read.result).toBe('string');
        const line = readLine(cell, most);
        if (line.result === 'read') {
          expect([...line.value].length).toBeLessThanOrEqual(most);
          expect(line.value).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
          expect(readLine(line.value, most)).toEqual(line);
        }
        const groups = readGroups(cell);
        if (groups.result === 'read') expect(readGroups(groups.value.join(';'))).toEqual(groups);
        const day = readDay(cell, now);
        if (day.result === 'read') expect(day.value).toBeLessThanOrEqual(now + 86_400_000);
      }),
    );
    const days = fc.record({
      year: fc.integer({ min: 1900, max: 2030 }),
      month: fc.integer({ min: 0, max: 14 }),
      date: fc.integer({ min: 0, max: 33 }),
    });
    fc.assert(
      fc.property(days, ({ year, month, date }) => {
        const iso = readDay(`${year}-${month}-${date}`, now);
        expect(readDay(`${date}-${month}-${year}`, now)).toEqual(iso);
        if (iso.result !== 'read') return;
        const padded = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        expect(new Date(iso.value).toISOString()).toBe(`${padded}T00:00:00.000Z`);
      }),
    );
  });

  test('what is written as CSV is read back as the same cells', () => {
    const harmless = (text: string) => text.toWellFormed().replace(/[\0\r=+\-@＋－＝＠−]/gu, 'x');
    const cell = anyText.map((text) => `a${harmless(text)}`);
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const read = firstRows(`user,name,x\r\n${rows.map(csvLine).join('')}end,er,x\r\n`, ',', 100);
        expect(read.slice(1, 1 + rows.length).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test('a configuration is taken, or refused with its faults named', () => {
    const names = [
      'PORT',
      'HOST',
      'BASE_URL',
      'DELIVERY',
      'DATABASE_URL',
      'REDIS_URL',
      'SMTP_URL',
      'MAIL_FROM',
    ];
    const more = [
      'TEXT_GATEWAYS',
      'CALL_GATEWAYS',
      'LOG_LEVEL',
      'ADMIN_LISTEN',
      'SPAREKEY_HASHING_WORKERS',
      'SPAREKEY_X',
    ];
    const likely = fc.constantFrom(
      '3000',
      '70000',
      'https://a.example',
      'live',
      'http://',
      'debug',
      'a:1',
      '-1',
      '2',
    );
    const name = fc.constantFrom(...names, ...more);
    fc.assert(
      fc.property(fc.dictionary(name, fc.oneof(likely, anyText)), (env) => {
        const given = Object.entries(env).filter(([, value]) => value !== '');
        try {
          const config = readConfig(env);
          expect(config.port).toBeLessThanOrEqual(65_535);
          expect(config.hashing.workers).toBeGreaterThanOrEqual(1);
          expect(given.map(([one]) => one)).not.toContain('SPAREKEY_X');
        } catch (error) {
          if (!(error instanceof BadConfig)) throw error;
          expect(error.faults.length).toBeGreaterThan(0);
          for (const fault of error.faults) expect(fault).toMatch(/^[A-Z_]+ /);
        }
      }),
    );
  });

  test('a path that is followed is our own under whatever base it is resolved', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '..',
      '.',
      '%2f',
      '%5C',
      ':',
      '@',
      'evil.example',
      'register',
      '\t',
      '?',
      '#',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(piece, { maxLength: 8 }).map((all) => `/${all.join('')}`),
        ),
        (path) => {
          const own = ownPath(path);
          if (own === null) return;
          expect(ownPath(own)).toBe(own);
          for (const base of ['https://own.example/', 'http://127.0.0.1:3000/a/b'])
            expect(new URL(own, base).origin).toBe(new URL(base).origin);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('whatever cookies a browser sends, it gets a page', async () => {
    const house = await openTestHouse();
    const value = fc.stringMatching(/^[\x20-\x7e]{0,60}$/);
    const ours = ['session', 'visit', 'form', 'browser', 'language', '__proto__', 'constructor'];
    const pair = fc
      .tuple(fc.oneof(fc.constantFrom(...ours), value), value)
      .map(([name, held]) => `${name}=${held}`);
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { maxLength: 6 }), async (pairs) => {
        const headers = { Cookie: pairs.join('; ') };
        for (const path of ['/sign-in', '/register', '/reset/methods']) {
          const answer = await house.browser().send('get', path, { headers });
          expect([200, 303], answer.text).toContain(answer.status);
          if (answer.status === 303) expect(answer.get('Location')).toMatch(/^\/(sign-in|reset)/);
        }
      }),
      { numRuns: 40 },
    );
  });
});
