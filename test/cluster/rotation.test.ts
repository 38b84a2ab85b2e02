import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { readKeysInUse } from '../../src/rotation/in-use.ts';
import { readKeysState } from '../../src/rotation/sealing-anew.ts';
import { keyUses } from '../../src/secrets/key-ring.ts';
import { Browser } from '../helpers/browser.ts';
import { wordsOn } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { startRedis } from '../helpers/redis-server.ts';
import { type ServerProcess, spawnServer } from '../helpers/server.ts';
import { passSessions, ringOf } from '../rotation/keys-command.ts';
import { type Cluster, openCluster, password } from './cluster.ts';

const patience = { timeout: 60_000, interval: 100 };

async function signInAt(node: ServerProcess): Promise<Browser> {
  const browser = await new Browser(node.url, { language: 'nl' }).open('/sign-in');
  const { signIn } = wordsOn(browser);
  return browser.fill(signIn.userName, 'jan').fill(signIn.password, password).press(signIn.submit);
}

/** The same browser at another node, or again at its own. */
async function goOnAt(node: ServerProcess, from: Browser): Promise<string> {
  const browser = new Browser(node.url, { language: 'nl' });
  for (const [name, value] of from.cookies) browser.cookies.set(name, value);
  return (await browser.open('/account')).path;
}

/** The commands of the chapter, on the first node's machine. */
function commandsOf(cluster: Cluster) {
  const folder = join(cluster.folder, 'one');
  return async (...args: string[]) => {
    const child = await spawnServer({ folder, env: cluster.env, args: ['keys', ...args] });
    return { code: await child.ended, said: child.said() };
  };
}

needs('pg_ctlcluster', 'redis-server')(
  'the chapter on rotating the key, walked with two nodes on PostgreSQL and Redis',
  () => {
    test('nobody is signed out, each step refuses until the one before it is done everywhere, and a node with the old ring does not start', async () => {
      const redis = await startRedis();
      const cluster = await openCluster({ REDIS_URL: redis.url });
      const [one, two] = [await cluster.start('one'), await cluster.start('two')];
      const [firstRing, secondRing] = ['one', 'two'].map((name) => ringOf(join(cluster.folder, name)));
      const copyRing = () => copyFile(firstRing ?? '', secondRing ?? '');
      const keys = commandsOf(cluster);
      await cluster.inside(async ({ deps }) => {
        const person = { displayName: 'Jan', language: 'nl', officePhone: null, groups: [] } as const;
        const fresh = { ...person, userName: 'jan', workMailbox: 'jan@example.org' };
        await addPerson(deps, fresh, { actor: { kind: 'system' }, password });
      });
      const browser = await signInAt(one);

      await cluster.inside(async ({ deps: { db } }) => {
        expect((await keys('add')).code).toBe(0);
        // The second node has not got them: they do not come into use, and both nodes go on.
        const refused = await keys('use');
        expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('/two/data') });
        await expect.poll(async () => (await keys('use')).said, patience).not.toContain('/one/data');
        for (const node of [one, two]) expect(await goOnAt(node, browser)).toBe('/account');
        await copyRing();
        expect(((await stat(secondRing ?? '')).mode & 0o777).toString(8)).toBe('600');
        await expect.poll(async () => (await keys('use')).code, patience).toBe(0);

        // A node that was away meanwhile, and comes with the ring of before, says which keys it lacks.
        const inUse = await readKeysInUse(db);
        const late = await spawnServer({
          folder: cluster.folder,
          env: { ...cluster.env, DATA_DIR: 'inside/data' },
        });
        expect(await late.ended).toBe(1);
        for (const use of keyUses) expect(late.said()).toContain(inUse?.[use]);
        expect(late.said()).not.toMatch(/^\s+at /m);

        const isSealed = async () => (await readKeysState(db))?.sealing.finishedAt ?? null;
        await expect.poll(isSealed, patience).not.toBeNull();
        const shown = await keys();
        expect(shown.said).toMatch(/people\.work_mailbox: (\d+) of \1 sealed/);
        expect(shown.said).toContain('sessions from before');
        expect(await keys('retire')).toMatchObject({
          code: 1,
          said: expect.stringContaining('sessions from before'),
        });
        for (const node of [one, two]) expect(await goOnAt(node, browser)).toBe('/account');

        await passSessions(db);
        await expect.poll(async () => (await keys('retire')).code, patience).toBe(0);
        // Before the ring is copied the second node has more than it needs, and that does no harm.
        for (const node of [one, two]) expect((await signInAt(node)).path).toBe('/register');
        await copyRing();
        expect((await keys()).said).toContain('retired: opens nothing');
      });
    }, 300_000);
  },
);
