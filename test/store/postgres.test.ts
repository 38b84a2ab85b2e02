import { chmod, chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { countSent, readTally } from '../../src/delivery/tally.ts';
import { alone } from '../../src/store/alone.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { isStoreAway } from '../../src/store/store-away.ts';
import { wordsOf } from '../../src/words/words.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { signIn } from '../helpers/journeys.ts';
import { needsPostgres, type PostgresServer, startPostgres } from '../helpers/postgres-server.ts';
import { spawnServer } from '../helpers/server.ts';
import { openTestHouse } from '../helpers/test-house.ts';

const nl = wordsOf('nl');

async function openServer(): Promise<PostgresServer> {
  const server = await startPostgres();
  onTestFinished(() => server.remove());
  return server;
}

function open(url: string) {
  const broken: Error[] = [];
  const db = openDatabase(
    { databaseUrl: url, databaseFile: '' },
    { onBroken: (error) => broken.push(error) },
  );
  onTestFinished(() => db.destroy());
  return db;
}

needsPostgres('PostgreSQL', () => {
  test('five nodes that start at once on an empty database make its tables once', async () => {
    const { url } = await openServer();
    const nodes = Array.from({ length: 5 }, () => open(url));
    let inside = 0;
    const most: number[] = [];
    await Promise.all(
      nodes.map((db) =>
        alone(db, async () => {
          inside += 1;
          most.push(inside);
          await migrate(db);
          inside -= 1;
        }),
      ),
    );
    expect(most).toEqual([1, 1, 1, 1, 1]);
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(open(url));
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    await Promise.all(nodes.map((db) => migrate(db)));
  });

  test('a migration may take longer than any statement of a request', async () => {
    const { url } = await openServer();
    const db = open(`${url}?statement_timeout=1500`);
    await expect(sql`select pg_sleep(20)`.execute(db)).rejects.toSatisfy(isStoreAway);
    await sql`create sequence turns`.execute(db);
    await sql`create function slow() returns event_trigger language plpgsql as
      $$ begin if nextval('turns') = 1 then perform pg_sleep(2); end if; end $$`.execute(db);
    await sql`create event trigger slow on ddl_command_end when tag in ('CREATE TABLE') execute function slow()`.execute(
      db,
    );
    await migrate(db);
    await expect(sql`select pg_sleep(20)`.execute(db)).rejects.toSatisfy(isStoreAway);
  });

  test('a pool takes no more connections than its address says', async () => {
    const { url } = await openServer();
    const db = open(`${url}?pool=5`);
    const pids = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid, pg_sleep(0.01)`.execute(
          db,
        );
        return rows[0]?.pid;
      }),
    );
    expect(new Set(pids).size).toBe(5);
  });

  test('what was sent in a month is counted in a locale that looks past punctuation, too', async () => {
    const db = open((await openServer()).url);
    await migrate(db);
    await sql`create collation shifted (provider = icu, locale = 'und-u-ka-shifted')`.execute(db);
    await sql`alter table sent_tally alter column day type text collate shifted`.execute(db);
    const sent = { channel: 'text', country: 'NL', price: { currency: 'EUR', amount: 70_000 } } as const;
    for (const day of ['2026-10-31', '2026-11-01', '2026-11-01', '2026-11-30', '2026-12-01'])
      await countSent(db, { ...sent, day });
    const texts = async (days: string) =>
      (await readTally(db, days)).find(({ channel }) => channel === 'text');
    expect(await texts('2026-11')).toMatchObject({ count: 3, costs: { EUR: 210_000 } });
    expect(await texts('2026-11-01')).toMatchObject({ count: 2, costs: { EUR: 140_000 } });
  });

  test('while PostgreSQL is away pages say so within seconds; back again, all goes on by itself', async () => {
    const server = await openServer();
    const house = await openTestHouse({ env: { DATABASE_URL: server.url, REDIS_URL: '' } });
    await house.addPerson('jan');
    const browser = await signIn(house, 'jan');
    for (const round of [1, 2]) {
      await server.stop();
      const began = performance.now();
      for (const path of ['/register', '/reset']) {
        await browser.open(path);
        expect(browser.status, `${path}, round ${round}`).toBe(503);
        expect(Number(browser.headers['retry-after'])).toBeGreaterThan(0);
        expect(browser.heading).toBe(nl.common.errors.away.heading);
      }
      expect((await house.browser().send('get', '/readyz')).text).toBe('not ok');
      expect((await house.browser().send('get', '/healthz')).text).toBe('ok');
      expect(performance.now() - began).toBeLessThan(10_000);
      await server.start();
      await expect
        .poll(async () => (await house.browser().send('get', '/readyz')).text, { timeout: 60_000 })
        .toBe('ok');
      await browser.open('/register');
      expect([browser.status, browser.path]).toEqual([200, '/register']);
    }
  });

  test('a statement under way when PostgreSQL stops is told as away, and ends nothing but itself', async () => {
    const server = await openServer();
    const db = open(server.url);
    const asleep = sql`select pg_sleep(30)`.execute(db);
    const busy = sql`select 1 from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`;
    await expect.poll(async () => (await busy.execute(db)).rows.length).toBeGreaterThan(0);
    const end = expect(asleep).rejects.toSatisfy(isStoreAway);
    await server.stop();
    await end;
    await server.start();
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
  });

  test('sslmode=verify-full: the right authority is taken, another is refused, and nothing goes in the clear', async () => {
    const server = await startPostgres(['listen_addresses=127.0.0.1']);
    onTestFinished(() => server.remove());
    const { cert, key } = makeCertificate();
    const data = join(server.folder, 'data');
    const { uid, gid } = await stat(data);
    for (const [name, text] of [
      ['server.crt', cert],
      ['server.key', key],
    ] as const) {
      await writeFile(join(data, name), text);
      await chmod(join(data, name), 0o600);
      if (process.getuid?.() === 0) await chown(join(data, name), uid, gid);
    }
    await writeFile(join(data, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 trust\n');
    await server.stop();
    await server.start(['ssl=on']);
    const [own, other] = [join(server.folder, 'own.pem'), join(server.folder, 'other.pem')];
    await writeFile(own, cert);
    await writeFile(other, makeCertificate().cert);
    const asked = (more: string) =>
      sql<{ ssl: boolean }>`
      select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(open(`${server.url}${more}`));
    expect((await asked(`?sslmode=verify-full&sslrootcert=${own}&pool=6`)).rows).toEqual([{ ssl: true }]);
    await expect(asked(`?sslmode=verify-full&sslrootcert=${other}`)).rejects.toThrow(/certificate/);
    await expect(asked('?sslmode=disable')).rejects.toThrow(/no encryption|pg_hba/);
  });

  test('a node without the keys that a database was sealed with is refused', async () => {
    const server = await openServer();
    const first = await openTestHouse({ env: { DATABASE_URL: server.url, REDIS_URL: '' } });
    const env = { DATABASE_URL: server.url, REDIS_URL: '', SPAREKEY_TRIAL_PASSWORD: 'correct horse battery' };
    const refused = await spawnServer({ folder: first.folder, env: { ...env, DATA_DIR: 'other' } });
    expect(await refused.ended).toBe(1);
    expect(refused.said()).toMatch(/keys .* are gone/);
  });
});
