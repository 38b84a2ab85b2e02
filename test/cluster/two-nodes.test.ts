import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { needs } from '../helpers/needs.ts';
import { startNginx } from '../helpers/nginx.ts';
import { startRedis } from '../helpers/redis-server.ts';
import type { ServerProcess } from '../helpers/server.ts';
import { startSmtpServer } from '../helpers/smtp-server.ts';
import { type Cluster, findPorts, openCluster, password } from './cluster.ts';
import { type Counts, countMessages, lookAtPeople, makePostbox } from './outcome.ts';
import { nameOf, Registrant, type Road } from './registrant.ts';

const second = 1000;
const people = 50;
/** How long the mail server refuses and Redis is away. */
const outage = { smtp: 60 * second, redis: 10 * second };

async function addPeople(cluster: Cluster): Promise<void> {
  await cluster.inside(async ({ deps }) => {
    for (let number = 1; number <= people; number += 1) {
      const fresh = { displayName: nameOf(number), language: 'nl', officePhone: null, groups: [] } as const;
      const userName = `person${number}`;
      const person = { ...fresh, userName, workMailbox: `${userName}@example.org` };
      await addPerson(deps, person, { actor: { kind: 'system' }, password });
    }
  });
}

async function openScene() {
  const redis = await startRedis();
  const smtp = await startSmtpServer();
  onTestFinished(() => smtp.close());
  const [port = 0, ...nodePorts] = await findPorts(3);
  const cluster = await openCluster({ REDIS_URL: redis.url, SMTP_URL: smtp.url, TRUST_PROXY: '127.0.0.1' });
  const caFile = join(cluster.folder, 'smtp.crt');
  await writeFile(caFile, smtp.ca);
  const url = `http://127.0.0.1:${port}`;
  const start = (index: number) => {
    const own = { PORT: String(nodePorts[index]), BASE_URL: url, NODE_EXTRA_CA_CERTS: caFile };
    return cluster.start(`node${index}`, own);
  };
  await addPeople(cluster);
  const nodes = await Promise.all([start(0), start(1)]);
  // Each browser says which address it has: they all come from this machine.
  const change = (docs: string) => docs.replace('For $remote_addr', 'For $http_x_forwarded_for');
  await startNginx(cluster.folder, { port, nodes: nodePorts, change });
  const readPost = makePostbox(cluster.out, smtp);
  const road: Road = {
    url,
    password,
    patience: 400 * second,
    codeSentTo: async (destination) => (await readPost()).findLast(({ to }) => to === destination)?.code,
  };
  const walkers = Array.from({ length: people }, (_, index) => new Registrant(index + 1, road));
  return { redis, smtp, cluster, nodes, start, walkers, readPost };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

function sum(walkers: readonly Registrant[], each: (walker: Registrant) => number): number {
  return walkers.reduce((total, one) => total + each(one), 0);
}

/** One after the other, each in the middle of what people do: a node dies, PostgreSQL ends, Redis goes away. */
async function disturb({ redis, cluster, nodes, start, walkers }: Scene): Promise<void> {
  const until = async (what: (walker: Registrant) => number, least: number) =>
    expect
      .poll(() => sum(walkers, what), { timeout: 200 * second, interval: 20 })
      .toBeGreaterThanOrEqual(least);
  await until(({ ready }) => ready.size, 5);
  nodes[0]?.child.kill('SIGKILL');
  await nodes[0]?.ended;
  nodes[0] = await start(0);
  await until(({ ready }) => ready.size, people / 2);
  await cluster.postgres.stop();
  await cluster.postgres.start();
  await until(({ ready }) => ready.size, people);
  await redis.stop();
  await setTimeout(outage.redis);
  await redis.start();
}

/** The mail server refuses everything for a minute, from the first person on. */
async function refuseMails({ smtp }: Scene): Promise<void> {
  smtp.refuseWith({ at: 'mail', code: 451 });
  await setTimeout(outage.smtp);
  expect(smtp.mails).toEqual([]);
  smtp.refuseWith(null);
}

async function untilQueueIsEmpty(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const waiting = async () => (await client.query("select 1 from messages where state = 'waiting'")).rowCount;
  await expect.poll(waiting, { timeout: 200 * second, interval: 250 }).toBe(0);
  await client.end();
}

async function stopNode(node: ServerProcess | undefined): Promise<void> {
  node?.child.kill('SIGTERM');
  expect(await node?.ended).toBe(0);
}

/** Goes through the whole, and gives when what had come to its end, in seconds from the first request. */
async function play(scene: Scene): Promise<string> {
  const { cluster, nodes, walkers } = scene;
  const began = performance.now();
  const times: string[] = [];
  const note = (what: string) => times.push(`${what} ${Math.round((performance.now() - began) / second)} s`);
  await Promise.all([
    disturb(scene).then(() => note('all back but the mail server')),
    refuseMails(scene).then(() => note('mail server back')),
    ...walkers.map((walker) => walker.register()),
  ]);
  note('everybody ready');
  await untilQueueIsEmpty(cluster.postgres.url);
  note('queue empty');
  const typed = await Promise.all(walkers.map((walker) => walker.typeAgain()));
  note(`${typed.reduce((total, one) => total + one, 0)} used codes typed again and refused`);
  await untilQueueIsEmpty(cluster.postgres.url);
  for (const node of nodes) await stopNode(node);
  return times.join(', ');
}

function tellFigures(walkers: readonly Registrant[], { times, counts }: { times: string; counts: Counts }) {
  const told = new Map<string, number>();
  for (const { interruptions } of walkers)
    for (const [what, count] of interruptions) told.set(what, (told.get(what) ?? 0) + count);
  const answers = [...told].map(([what, count]) => `${count} × ${what}`).toSorted();
  process.stdout.write(
    `two nodes, ${people} people at once: ${sum(walkers, ({ ready }) => ready.size)} methods ready, ` +
      `${sum(walkers, ({ signIns }) => signIns)} sign-ins, told to come back: ${answers.join(', ') || 'nobody'}; ` +
      `messages: ${counts.sent} sent, ${counts.duplicates} delivered twice, ${counts.dropped} dropped ` +
      `because their challenge had ended; ${times}\n`,
  );
}

needs(
  'redis-server',
  'nginx',
  'pg_ctlcluster',
)('two nodes behind nginx', () => {
  test(
    'people register at once while a node is killed and PostgreSQL, Redis and the mail server go away',
    async () => {
      const scene = await openScene();
      const { cluster, walkers, readPost } = scene;
      const times = await play(scene);
      const delivered = await readPost();
      const counts = await cluster.inside(async ({ deps }) => {
        await lookAtPeople(deps, walkers);
        return countMessages(deps, delivered);
      });
      expect(sum(walkers, ({ ready }) => ready.size)).toBe(2 * people);
      tellFigures(walkers, { times, counts });
    },
    900 * second,
  );
});
