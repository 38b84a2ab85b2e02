import { sql } from 'kysely';
import type { Response } from 'supertest';
import { expect, test } from 'vitest';
import { provePhone, signIn, wordsOn } from '../helpers/journeys.ts';
import { openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';
import { allPaths, formPaths, htmxHeaders, isForAnybody } from './house-contents.ts';
import { RecordingBrowser } from './recording-browser.ts';

const baseUrl = 'https://id.example.org';

function expectSafeHeaders({ headers, status }: Response, what: string): void {
  const policy = new Map(
    String(headers['content-security-policy'])
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values.join(' ')]),
  );
  expect(policy.get('default-src'), what).toBe("'none'");
  for (const name of ['script-src', 'style-src', 'form-action'])
    expect(policy.get(name), what).toBe("'self'");
  expect(policy.get('frame-ancestors'), what).toBe("'none'");
  expect(policy.get('base-uri'), what).toBe("'none'");
  expect(headers['content-security-policy'], what).not.toMatch(/unsafe|\*|data:|http/);
  expect(headers['x-content-type-options'], what).toBe('nosniff');
  expect(headers['x-frame-options']?.toLowerCase(), what).toBe('deny');
  expect(headers['referrer-policy'], what).toBe('same-origin');
  expect(headers['x-powered-by'], `${what} (${status})`).toBeUndefined();
  expect(headers.server, what).toBeUndefined();
}

function expectNotKept({ headers }: Response, what: string): void {
  expect(headers['cache-control'], what).toBe('no-store');
  expect(headers.etag, what).toBeUndefined();
}

/** Every cookie line is one that a browser takes under https, and that nobody else can set or read. */
function expectSafeCookies(lines: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    expect(line).toMatch(/^__Host-[a-z]+=/);
    expect(line).toMatch(/; Secure/);
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; Path=\/(;|$)/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).not.toMatch(/Domain=/i);
  }
}

async function recorder(house: TestHouse, headers: Record<string, string> = {}): Promise<RecordingBrowser> {
  return new RecordingBrowser(house.url, { headers });
}

test('S54 every page, form and error carries the security headers and is never kept', async () => {
  const house = await openTestHouse({ env: { BASE_URL: baseUrl } });
  await house.addPerson('jan', { officePhone: { number: '+31207940000', extension: null } });
  const jan = await recorder(house);
  for (const path of allPaths) await jan.send('get', path);
  await signIn(house, 'jan', jan);
  await provePhone(house, jan, { number: '+31612345678' });
  for (const path of allPaths) {
    await jan.send('get', path);
    await jan.send('get', path, { headers: htmxHeaders('row-authentication-email') });
    await jan.send('head', path);
  }
  await jan.open('/register');
  for (const path of formPaths.filter((one) => one !== '/sign-out')) {
    await jan.send('post', path, { fields: {} });
    await jan.send('post', path, { fields: { csrf: jan.csrf } });
    await jan.send('post', path, {
      fields: { csrf: jan.csrf },
      headers: htmxHeaders('row-authentication-phone'),
    });
  }
  const faults = [
    await jan.send('get', '/nothing-here'),
    await jan.send('get', '/register/security-questions/%E0%A4%A'),
    await jan.send('put', '/register'),
    await jan.send('post', '/sign-in', { fields: 'userName=a&userName=b' }),
    await jan.send('post', '/sign-in', { fields: { userName: 'x'.repeat(20_000) } }),
  ];
  expect(faults.map(({ status }) => status)).toEqual([404, 400, 405, 400, 413]);
  for (const fault of faults) expect(fault.text).not.toMatch(/node_modules|\.ts:|at .*\(/);
  await jan.send('get', '/');
  await jan.send('get', '/ssprsetup');
  await jan.send('get', '/healthz');
  await jan.send('get', '/readyz');
  expect(new Set(jan.responses.map(({ status }) => status))).toEqual(
    new Set([200, 303, 400, 403, 404, 405, 413, 422]),
  );
  for (const response of jan.responses) {
    const what = `${response.status} ${response.get('Location') ?? response.text?.slice(0, 300)}`;
    expectSafeHeaders(response, what);
    expectNotKept(response, what);
    expect(response.headers['strict-transport-security'], what).toMatch(/^max-age=\d{8,}$/);
  }
});

test('S54 a fault of our own is told in words, with the same headers and no stack', async () => {
  const house = await openTestHouse({ env: { BASE_URL: baseUrl } });
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  await sql`alter table questions rename to questions_gone`.execute(house.deps.db);
  const answer = await jan.send('get', '/register/security-questions/1');
  expect(answer.status).toBe(500);
  expect(answer.text).toContain(wordsOn(jan).common.errors.broken.heading);
  expect(answer.text).not.toMatch(/no such table|SQLITE|node_modules|\.ts/i);
  expectSafeHeaders(answer, '500');
  expectNotKept(answer, '500');
  expect(house.log.join('')).toContain(answer.get('X-Request-Id') ?? 'none');
  // The error belongs in the log, and was looked at above.
  house.log.splice(0);
});

test('S54 only the files of public/ are kept, and they carry the headers too', async () => {
  const house = await openTestHouse({ env: { BASE_URL: baseUrl } });
  const browser = house.browser();
  for (const path of ['/main.css', '/htmx.js', '/favicon.ico']) {
    const file = await browser.send('get', path);
    expect(file.status, path).toBe(200);
    expectSafeHeaders(file, path);
    expect(file.headers['cache-control'], path).toContain('immutable');
    expect(file.get('Set-Cookie'), path).toBeUndefined();
  }
  for (const path of [
    '/main.css/',
    '/.gitignore',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/views/error.eta',
  ])
    expect((await browser.send('get', path)).status, path).toBeGreaterThanOrEqual(400);
});

test('S54 a page holds no inline script, style or handler, and loads nothing from elsewhere', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan');
  const jan = await signIn(house, 'jan');
  for (const path of allPaths) {
    const { document } = await jan.open(path);
    for (const script of document.querySelectorAll('script')) {
      expect(script.textContent, path).toBe('');
      expect(script.getAttribute('src'), path).toMatch(/^\/(htmx|rows)\.js\?v=/);
    }
    expect(document.querySelectorAll('style, [style], iframe, object, embed, base').length, path).toBe(0);
    for (const element of document.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name, path).not.toMatch(/^on|^hx-on/);
        if (['src', 'href', 'action'].includes(name)) expect(value, path).toMatch(/^[/#]/);
      }
  }
});

test('S54 after signing out, no page shows anything of the person, nor what was typed', async () => {
  const house = await openTestHouse();
  await house.addPerson('jan', { displayName: 'Jan de Vries' });
  const jan = await house.browser().open('/sign-in');
  await jan.post('/register/authentication-phone', { csrf: jan.csrf, number: '0612349999', channel: 'text' });
  expect(jan.path).toContain('/sign-in');
  await signIn(house, 'jan', jan);
  await jan.press(wordsOn(jan).common.signOut);
  for (const path of allPaths) {
    await jan.open(path);
    expect(jan.text, path).not.toContain('Jan de Vries');
    if (!isForAnybody(path)) expect(jan.path, path).toMatch(/^\/sign-(in|out)/);
  }
  await house.addPerson('eva');
  await signIn(house, 'eva', jan);
  await jan.open('/register/authentication-phone');
  expect(jan.html).not.toContain('0612349999');
});

test('S44 under an https base URL cookies are Secure and __Host-, though reached over http and whatever is claimed', async () => {
  for (const trust of [{}, { TRUST_PROXY: '1' }]) {
    const house = await openTestHouse({ env: { BASE_URL: baseUrl, ...trust } });
    await house.addPerson('jan');
    for (const claimed of ['http', 'https', 'http,https', '', 'ws']) {
      const headers = {
        'X-Forwarded-Proto': claimed,
        Forwarded: `proto=${claimed}`,
        'X-Forwarded-Ssl': 'off',
      };
      const jan = await recorder(house, headers);
      await jan.open('/sign-in?lang=en');
      await jan.press(wordsOn(jan).signIn.submit);
      expect(jan.problems.length, claimed).toBe(2);
      await jan.fill(wordsOn(jan).signIn.userName, 'jan').fill(wordsOn(jan).signIn.password, password);
      await jan.press(wordsOn(jan).signIn.submit);
      expect(jan.path, claimed).toBe('/register');
      await jan.press(wordsOn(jan).common.signOut);
      expect(jan.path, claimed).toBe('/sign-out');
      expectSafeCookies(jan.cookieLines);
      for (const response of jan.responses) {
        expect(response.get('Location') ?? '/', claimed).toMatch(/^\/(?!\/)/);
        expect(response.headers['strict-transport-security'], claimed).toMatch(/^max-age/);
        expect(response.text, claimed).not.toContain('http://');
      }
    }
  }
});

test('S44 under an http base URL (a trial) X-Forwarded-Proto turns nothing on', async () => {
  const house = await openTestHouse({ env: { TRUST_PROXY: '1' } });
  await house.addPerson('jan');
  const jan = await recorder(house, { 'X-Forwarded-Proto': 'https' });
  await signIn(house, 'jan', jan);
  for (const line of jan.cookieLines) {
    expect(line).not.toMatch(/__Host-|Secure/);
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
  }
  for (const response of jan.responses) expect(response.headers['strict-transport-security']).toBeUndefined();
});
