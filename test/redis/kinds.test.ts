import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadConfig, readConfig } from '../../src/config/config.ts';
import { SessionsAway } from '../../src/sessions/sessions-away.ts';
import { wordsOf } from '../../src/words/words.ts';
import type { Browser } from '../helpers/browser.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { askPhoneCode, signIn, typeCode } from '../helpers/journeys.ts';
import { needs } from '../helpers/needs.ts';
import { startPlainRedis, startRedisCluster, startSentinel } from '../helpers/redis-server.ts';
import { findFreePort, newFolder } from '../helpers/server.ts';
import { openTestHouse, type TestHouse } from '../helpers/test-house.ts';

const nl = wordsOf('nl');

/** The least that Sparekey's user may do, as docs/capacity.md gives it. */
const rights =
  'user default off\nuser sparekey on >s3cret ~sparekey:* +get +set +del +expire +pexpire +pttl +exists +sadd +srem +smembers +ping +hello +client\n';

async function openHouse(env: Record<string, string>): Promise<TestHouse> {
  const house = await openTestHouse({ env });
  await house.addPerson('jan', { displayName: 'Jan de Vries' });
  return house;
}

/** Signs in, registers a phone, ends one of two sessions, and signs out: everything that sessions are used for. */
async function useSessions(house: TestHouse): Promise<Browser> {
  const browser = await signIn(house, 'jan');
  await askPhoneCode(browser, '06 12345678');
  await typeCode(browser, await house.codeFor('+31612345678'));
  expect(browser.row(nl.methods.names['authentication-phone'])).toContain(nl.register.states.ready);
  const other = await signIn(house, 'jan');
  await browser.open('/account');
  expect(browser.document.querySelectorAll('ol li')).toHaveLength(2);
  await browser.press(nl.account.sessions.endOthers);
  expect((await other.open('/register')).path).toMatch(/^\/sign-in/);
  expect((await browser.open('/register')).path).toBe('/register');
  return browser;
}

/** A person sees their own page, is asked to sign in, or is told in words that it cannot be said now: within two seconds. */
async function lookIn(browser: Browser): Promise<'in' | 'out' | 'away'> {
  const began = performance.now();
  await browser.open('/register');
  expect(performance.now() - began).toBeLessThan(2000);
  if (browser.status === 503) {
    expect(browser.heading).toBe(nl.common.errors.away.heading);
    expect(Number(browser.headers['retry-after'])).toBeGreaterThan(0);
    return 'away';
  }
  if (browser.path !== '/register') return 'out';
  expect(browser.text).toContain('Jan de Vries');
  return 'in';
}

function takeAwayLines(house: TestHouse): void {
  const others = house.log.filter((line) => !line.includes('Redis is away'));
  house.log.splice(0, house.log.length, ...others);
}

needs('redis-server', 'redis-cli')('Redis of every kind', () => {
  test('over TLS, vouched for by an authority of one’s own, as a user who may do no more than sessions need', async () => {
    const folder = await newFolder();
    const { cert, key } = makeCertificate();
    const file = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const [ca, keyFile] = [await file('redis.crt', cert), await file('redis.key', key)];
    const acl = await file('users.acl', rights);
    const tlsPort = String(await findFreePort());
    const tls = ['--tls-port', tlsPort, '--tls-cert-file', ca, '--tls-key-file', keyFile];
    await startPlainRedis([...tls, '--tls-auth-clients', 'no', '--aclfile', acl]);
    const at = `127.0.0.1:${tlsPort}`;
    const house = await openHouse({ REDIS_URL: `rediss://sparekey:s3cret@${at}`, REDIS_CA: ca });
    await useSessions(house);

    const refused = async (env: Record<string, string>) => {
      const opening = openTestHouse({ env });
      await expect(opening).rejects.toThrow(SessionsAway);
      await expect(opening).rejects.not.toThrow('s3cret');
    };
    await refused({ REDIS_URL: `rediss://sparekey:s3cret@${at}` });
    await refused({ REDIS_URL: `rediss://sparekey:wrong-s3cret@${at}`, REDIS_CA: ca });
    await refused({ REDIS_URL: `redis://sparekey:s3cret@${at}` });
    await refused({ REDIS_URL: `rediss://sparekey:s3cret@${at}`, REDIS_CA: join(folder, 'nothing.crt') });
  });

  test('behind sentinels: the master is killed, and people stay signed in or sign in anew, never as anybody else', async () => {
    const master = await startPlainRedis([]);
    const replica = await startPlainRedis(
      ['--replicaof', '127.0.0.1', String(master.port)],
      'MASTER <-> REPLICA sync: Finished',
    );
    const watcher = await startSentinel(master.port);
    const nobody = await findFreePort();
    const url = `redis+sentinel://127.0.0.1:${nobody},127.0.0.1:${watcher.port}/sparekey`;
    const house = await openHouse({ REDIS_URL: url });
    const browser = await useSessions(house);
    // The sentinel finds the replica by asking the master every second or so.
    await expect.poll(() => knowsReplica(watcher.port), { timeout: 20_000 }).toBe(true);

    await master.kill();
    const seen = new Set<string>();
    const until = performance.now() + 120_000;
    for (let now = ''; now !== 'in' && now !== 'out' && performance.now() < until; ) {
      now = await lookIn(browser);
      seen.add(now);
      if (!seen.has('away')) now = '';
    }
    expect(seen.has('in') || seen.has('out')).toBe(true);
    if (browser.path !== '/register') await signIn(house, 'jan', browser);
    expect(await lookIn(browser)).toBe('in');
    expect((await house.browser().open('/register')).path).toMatch(/^\/sign-in/);
    expect(house.log.some((line) => line.includes('Redis is back'))).toBe(true);
    expect(replica.port).not.toBe(master.port);
    takeAwayLines(house);
  });

  test('as a Cluster of three: sessions live on all of them, and one that is killed takes only its own along', async () => {
    const nodes = await startRedisCluster();
    const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
    const house = await openHouse({ REDIS_URL: `redis+cluster://${hosts.slice(0, 2).join(',')}` });
    await useSessions(house);
    await Promise.all(Array.from({ length: 6 }, () => signIn(house, 'jan')));
    const counts = await Promise.all(nodes.map(({ port }) => countKeys(port)));
    for (const count of counts) expect(count).toBeGreaterThan(0);

    const browser = await signIn(house, 'jan');
    await nodes[2]?.kill();
    for (let look = 0; look < 5; look += 1) expect(['in', 'away']).toContain(await lookIn(browser));
    takeAwayLines(house);
  });
});

async function ask(port: number, ...command: string[]): Promise<string> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  return (await promisify(execFile)('redis-cli', ['-p', String(port), ...command])).stdout;
}

async function countKeys(port: number): Promise<number> {
  return Number(await ask(port, 'dbsize'));
}

async function knowsReplica(sentinel: number): Promise<boolean> {
  const said = await ask(sentinel, 'sentinel', 'replicas', 'sparekey');
  return /master-link-status\s+ok/.test(said) && !/slave-repl-offset\s+0\n/.test(said);
}

function faultOf(url: string): string {
  try {
    readConfig({ REDIS_URL: url });
  } catch (error) {
    if (error instanceof BadConfig) return error.faults.join();
    throw error;
  }
  return '';
}

describe('REDIS_URL', () => {
  test.each([
    [
      'redis://127.0.0.1',
      { kind: 'single', tls: false, nodes: [{ host: '127.0.0.1', port: 6379 }], database: 0 },
    ],
    [
      'rediss://a:b%40c@[::1]:7000/3',
      { tls: true, nodes: [{ host: '::1', port: 7000 }], user: 'a', password: 'b@c', database: 3 },
    ],
    [
      'rediss+sentinel://:pw@one.example.org,two.example.org:26380/main?sentinel-password=x',
      {
        kind: 'sentinel',
        tls: true,
        master: 'main',
        nodes: [
          { host: 'one.example.org', port: 26_379 },
          { host: 'two.example.org', port: 26_380 },
        ],
        user: undefined,
        password: 'pw',
        sentinelPassword: 'x',
      },
    ],
    [
      'redis+cluster://one:1,two',
      {
        kind: 'cluster',
        nodes: [
          { host: 'one', port: 1 },
          { host: 'two', port: 6379 },
        ],
      },
    ],
  ])('%s', (url, settings) => {
    expect(readConfig({ REDIS_URL: url }).redis).toMatchObject(settings);
  });

  test.each([
    ['http://127.0.0.1', 'must be a URL such as'],
    ['redis://one,two', 'must be a URL such as'],
    ['redis://one:port', 'must be a URL such as'],
    ['redis://one/db', 'must be a URL such as'],
    ['redis://a:%@one', 'must be a URL such as'],
    ['redis+sentinel://one:26379', 'must end with the name that the sentinels have for the master'],
    ['redis+cluster://one/1', 'a Redis Cluster has only one'],
  ])('%s is refused in words', (url, words) => {
    expect(faultOf(url)).toContain(words);
    expect(faultOf(url.replace('://', '://me:hunter2@'))).not.toContain('hunter2');
  });
});
