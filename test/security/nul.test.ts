import { describe, expect, test } from 'vitest';
import { isRefusedText } from '../../src/store/refused-text.ts';
import { openDoorHouse } from '../admin-api/open-door.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import type { Browser } from '../helpers/browser.ts';
import { addRegistered } from '../helpers/resets.ts';
import { openTestHouse } from '../helpers/test-house.ts';
import { routesIn } from './fuzz/admin-lane.ts';
import { memberOf } from './fuzz/of-schema.ts';
import { formPaths } from './house-contents.ts';

/** PostgreSQL keeps a NUL in no text, SQLite does: on either no door may break on one. */
const withNul = 'a\0b';

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value of a schema of the administrators' document, with a NUL wherever a text may be anything. */
function filled(schema: unknown, parts: unknown): unknown {
  const ref = memberOf(schema, '$ref');
  if (typeof ref === 'string') return filled(memberOf(parts, ref.split('/').at(-1) ?? ''), parts);
  const [choice] = [...listOf(memberOf(schema, 'anyOf')), ...listOf(memberOf(schema, 'oneOf'))];
  if (choice !== undefined) return filled(choice, parts);
  const fixed = memberOf(schema, 'const') ?? listOf(memberOf(schema, 'enum'))[0];
  if (fixed !== undefined) return fixed;
  const type = memberOf(schema, 'type');
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(Object(memberOf(schema, 'properties'))).map(([name, of]) => [name, filled(of, parts)]),
      );
    case 'array':
      return [filled(memberOf(schema, 'items'), parts)];
    case 'string':
      return memberOf(schema, 'format') === 'date-time' ? '2026-12-01T12:00:00Z' : withNul;
    case 'boolean':
      return true;
    default:
      return memberOf(schema, 'minimum') ?? 1;
  }
}

/** Every request of a route that has a NUL in one place: its path, each of its queries, or its body. */
function requestsOf({ path, described }: { path: string; described: unknown }, parts: unknown) {
  const escaped = encodeURIComponent(withNul);
  const named = path.replace(/\{\w+\}/g, escaped);
  const queries = listOf(memberOf(described, 'parameters'))
    .filter((one) => memberOf(one, 'in') === 'query')
    .map((one) => `${named}?${memberOf(one, 'name')}=${escaped}`);
  const [content] = Object.values(Object(memberOf(memberOf(described, 'requestBody'), 'content')));
  return { paths: [named, ...queries], body: content && filled(memberOf(content, 'schema'), parts) };
}

describe('S26 a NUL', () => {
  test('S26 a NUL in any path, query or text of the administrators’ door is no fault of the house', async () => {
    const { house, ask } = await openDoorHouse();
    await addRegistered(house, 'jan');
    const document = (await ask('GET', '/openapi.json', { token: await newToken() })).body;
    async function newToken(): Promise<string> {
      return sessionOf(
        house.deps,
        await addAdministrator(house.deps, `anna${crypto.randomUUID().slice(0, 8)}`),
      );
    }
    const parts = memberOf(memberOf(document, 'components'), 'schemas');
    const routes = routesIn(document);
    expect(routes.length).toBeGreaterThan(40);
    const token = await newToken();
    const broken: string[] = [];
    for (const route of routes) {
      const { paths, body } = requestsOf(route, parts);
      const own = /sign-out|own|me\b/.test(route.path) ? await newToken() : token;
      for (const path of paths) {
        const { status } = await ask(route.method, path, { token: own, body });
        if (status >= 500) broken.push(`${route.method} ${path}: ${status}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test('S26 a NUL in any field of any form is answered in words', async () => {
    const house = await openTestHouse();
    const { browser: jan } = await addRegistered(house, 'jan');
    const broken: string[] = [];
    const post = async (browser: Browser, path: string) => {
      const form = [...(await browser.open(path)).document.querySelectorAll('input, select, textarea')];
      const names = form.map((one) => one.getAttribute('name') ?? '').filter((name) => name !== 'csrf');
      for (const name of new Set(['userName', 'code', 'act', ...names])) {
        const fields = { ...Object.fromEntries(names.map((one) => [one, 'x'])), [name]: withNul };
        const answer = await browser.send('post', path, { fields: { csrf: browser.csrf, ...fields } });
        if (answer.status >= 500) broken.push(`${path} ${name}: ${answer.status}`);
      }
    };
    for (const path of formPaths.filter((one) => !one.includes('sign-out'))) {
      await post(jan, path);
      await post(house.browser(), path);
    }
    expect(broken).toEqual([]);
  });

  test('S26 what the database refuses for a NUL is the asker’s fault', () => {
    const refused = (code: string) => isRefusedText(Object.assign(new Error('no'), { code }));
    expect([refused('22021'), refused('22P05'), refused('23505')]).toEqual([true, true, false]);
  });
});
