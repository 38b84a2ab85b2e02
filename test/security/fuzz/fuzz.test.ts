import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { adminApi } from '../../../src/admin-api/admin-api.ts';
import { serveAdmin } from '../../../src/admin-api/serve.ts';
import { verifyAudit } from '../../../src/audit/verify.ts';
import { webApp } from '../../../src/web-app.ts';
import { addAdministrator, apiTokenOf, sessionOf } from '../../helpers/administrators.ts';
import type { Browser } from '../../helpers/browser.ts';
import { signIn } from '../../helpers/journeys.ts';
import { addRegistered, startReset } from '../../helpers/resets.ts';
import { openTestHouse, password, second, type TestHouse } from '../../helpers/test-house.ts';
import { AdminLane, routesIn } from './admin-lane.ts';
import type { Lane } from './lane.ts';
import { heapUsed, runLanes, type Watch } from './run.ts';
import { routesOf, WebLane } from './web-lane.ts';

/** `npm run fuzz` sends 50,000; with the seed of a failure the same requests are made again. */
const requests = Number(process.env.FUZZ_REQUESTS ?? 2000);
const seed = process.env.FUZZ_SEED ?? 'sparekey';

/** Nothing of hers is named by anything that the fuzzer sends, so nothing of hers may change. */
const bystander = { phone: '+31687650001', mail: 'els.bystander@example.net' };

async function keptOf({ deps: { db } }: TestHouse, personId: string): Promise<Record<string, unknown[]>> {
  const kept: Record<string, unknown[]> = {};
  kept.people = await db.selectFrom('people').selectAll().where('id', '=', personId).execute();
  for (const table of ['registrations', 'answers'] as const)
    kept[table] = await db.selectFrom(table).selectAll().where('person_id', '=', personId).execute();
  return kept;
}

/** Signs in as a person made for it when the last one cannot sign in any more: the fuzzer may change a password. */
function enterAs(house: TestHouse, name: string, isRegistered: boolean): () => Promise<Browser> {
  let count = 0;
  return async () => {
    const now = `${name}${count}`;
    if (count > 0 && (await house.deps.directory.checkPassword(now, password)) === 'right') {
      await house.deps.db.deleteFrom('limits').execute();
      const browser = house.browser();
      await signIn(house, now, browser).catch(() => undefined);
      if (browser.path.startsWith('/register')) return browser;
    }
    count += 1;
    const fresh = `${name}${count}`;
    if (!isRegistered) await house.addPerson(fresh);
    else {
      const phone = `+316876${String(10_000 + count * 7 + name.length).slice(-5)}`;
      return (await addRegistered(house, fresh, { phone, mail: `${fresh}@example.net` })).browser;
    }
    return signIn(house, fresh);
  };
}

function webLanes(house: TestHouse): Lane[] {
  const door = { port: Number(new URL(house.url).port) };
  const start = { door, routes: routesOf(webApp(house.deps)) };
  const stranger = async () => {
    await house.deps.db.deleteFrom('limits').execute();
    return house.browser().open('/sign-in');
  };
  const resetting = async () => {
    await house.deps.db.deleteFrom('limits').execute();
    return startReset(house, 'jan');
  };
  return [
    new WebLane({ ...start, name: 'stranger', isSomebody: false, enter: stranger }),
    new WebLane({ ...start, name: 'resetting', isSomebody: true, enter: resetting }),
    new WebLane({ ...start, name: 'newcomer', isSomebody: true, enter: enterAs(house, 'newcomer', false) }),
    new WebLane({
      ...start,
      name: 'registered',
      isSomebody: true,
      enter: enterAs(house, 'registered', true),
    }),
  ];
}

async function adminLanes(house: TestHouse, spared: readonly string[]): Promise<Lane[]> {
  const { deps } = house;
  const socket = join(house.folder, 'fuzz.sock');
  const door = await serveAdmin(adminApi(deps), socket);
  onTestFinished(() => door.close());
  const known = ['jan', 'JAN', 'x', 'anna'];
  const start = { door: { path: socket }, document: await readDocument(house), known, spared };
  let count = 0;
  const administrator = async () => {
    count += 1;
    return sessionOf(deps, await addAdministrator(deps, `anna${count}`));
  };
  const helpdesk = async () => {
    count += 1;
    return sessionOf(deps, await addAdministrator(deps, `hugo${count}`, { role: 'helpdesk' }));
  };
  const script = async () => {
    count += 1;
    return apiTokenOf(deps, await addAdministrator(deps, `script${count}`), ['read', 'people', 'policy']);
  };
  return [
    new AdminLane({ ...start, name: 'administrator', enter: administrator }),
    new AdminLane({ ...start, name: 'helpdesk', enter: helpdesk }),
    new AdminLane({ ...start, name: 'script', enter: script }),
    new AdminLane({ ...start, name: 'nobody', enter: async () => 'x'.repeat(43) }),
  ];
}

function watchOf(house: TestHouse): Watch {
  return {
    takeErrors: () => house.log.splice(0).filter((line) => /"level":(50|60)/.test(line)),
    tick: () => house.wait(second / 4),
  };
}

async function readDocument(house: TestHouse): Promise<unknown> {
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'reader'));
  const headers = { authorization: `Bearer ${token}` };
  return (await adminApi(house.deps).request('/openapi.json', { headers })).json();
}

describe('fuzz', () => {
  test('knows every route of both doors', async () => {
    const house = await openTestHouse();
    const routes = routesOf(webApp(house.deps));
    for (const path of ['/sign-in', '/register', '/reset/new-password', '/healthz', '/htmx.js', '/account'])
      expect(routes).toContain(path);
    expect(routes.length).toBeGreaterThan(40);
    expect(routesIn(await readDocument(house)).length).toBeGreaterThan(40);
  });

  test(`${requests} requests: no 500, no trace, no hang, no growth, no error logged, and others’ data as it was`, async () => {
    const house = await openTestHouse();
    await addRegistered(house, 'jan');
    const { personId } = await addRegistered(house, 'els-bystander', bystander);
    const before = await keptOf(house, personId);
    const lanes = [...webLanes(house), ...(await adminLanes(house, [personId, 'bystander']))];
    const half = Math.ceil(requests / lanes.length / 2);
    const watch = watchOf(house);

    const first = await runLanes(lanes, { seed, from: 0, to: half }, watch);
    const used = heapUsed();
    const last = await runLanes(lanes, { seed, from: half, to: 2 * half }, watch);
    const grown = heapUsed() - used;

    const findings = [...first.findings, ...last.findings];
    process.stdout.write(
      `fuzz, seed ${seed}: ${JSON.stringify(last.tally)}, ${Math.round(grown / 1024)} KiB\n`,
    );
    expect(findings, `FUZZ_SEED=${seed} FUZZ_REQUESTS=${requests} does these again`).toEqual([]);
    expect(grown, 'heap, from half-way to the end').toBeLessThan(12 * 1024 * 1024 + requests * 100);
    expect(await keptOf(house, personId)).toEqual(before);
    expect(await house.deps.directory.checkPassword('els-bystander', password)).toBe('right');
    expect((await verifyAudit(house.deps)).findings).toEqual([]);
  }, 1_800_000);
});
