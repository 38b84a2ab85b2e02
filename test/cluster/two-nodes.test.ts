import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { addPerson } from '../../src/people/write-person.ts';
import { needs } from '../helpers/needs.ts';
import { startRedis } from '../helpers/redis-server.ts';
import type { ServerProcess } from '../helpers/server.ts';
import { startSmtpServer } from '../helpers/smtp-server.ts';
import { findPorts, openCluster, password, startNginx } from './cluster.ts';
import { countMessages, lookAtPeople, readDelivered } from './outcome.ts';
import { nameOf, Registrant, type Road } from './registrant.ts';

/** `CLUSTER_FULL=1`: every outage as long as it is promised to be survived; else a shorter form. */
const isFull = process.env.CLUSTER_FULL === '1';
const second = 1000;
const people = 50;
const pause = {
  redis: 10 * second,
  smtp: isFull ? 60 * second : 15 * second,
  between: isFull ? 10_000 : 1000,
};

async function openScene() {
  const redis = await startRedis();
  const smtp = await startSmtpServer();
  onTestFinished(() => smtp.close());
  const [port = 0, ...nodePorts] = await findPorts(3);
  const cluster = await openCluster({ REDIS_URL: redis.url, SMTP_URL: smtp.url, TRUST_PROXY: '1' });
  const caFile = join(cluster.folder, 'smtp.crt');
  await writeFile(caFile, smtp.ca);
  const url = `http://127.0.0.1:${port}`;
  const start = (index: number) =>
    cluster.start(`node${index}`, {
      PORT: String(nodePorts[index]),
      BASE_URL: url,
      NODE_EXTRA_CA_CERTS: caFile,
    });
  await cluster.inside(async ({ deps }) => {
    for (let number = 1; number <= people; number += 1) {
      const fresh = { displayName: nameOf(number), language: 'nl', officePhone: null, groups: [] } as const;
      const userName = `person${number}`;
      const person = { ...fresh, userName, workMailbox: `${userName}@example.org` };
      await addPerson(deps, person, { actor: { kind: 'system' }, password });
    }
  });
  const nodes = await Promise.all([start(0), start(1)]);
  await startNginx(cluster.folder, { port, nodes: nodePorts });
  const road: Road = {
    url,
    password,
    patience: isFull ? 600 * second : 300 * second,
    codeSentTo: async (destination) =>
      (await readDelivered(cluster.out, smtp)).filter(({ to }) => to === destination).at(-1)?.code,
  };
  return { redis, smtp, cluster, nodes, start, road };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** One after the other, while people register: a node dies, Redis and PostgreSQL go away, the mail server refuses. */
async function disturb({ redis, smtp, cluster, nodes, start }: Scene): Promise<void> {
  const refusedFrom = performance.now();
  smtp.refuseWith({ at: 'mail', code: 451 });
  await setTimeout(2 * pause.between);
  nodes[0]?.child.kill('SIGKILL');
  await nodes[0]?.ended;
  nodes[0] = await start(0);
  await setTimeout(pause.between);
  await redis.stop();
  await setTimeout(pause.redis);
  await redis.start();
  await setTimeout(pause.between);
  await cluster.postgres.stop();
  await cluster.postgres.start();
  await setTimeout(Math.max(0, refusedFrom + pause.smtp - performance.now()));
  smtp.refuseWith(null);
}

async function untilQueueIsEmpty(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  const waiting = async () => (await client.query("select 1 from messages where state = 'waiting'")).rowCount;
  await expect.poll(waiting, { timeout: 180 * second, interval: 250 }).toBe(0);
  await client.end();
}

async function stopNode(node: ServerProcess | undefined): Promise<void> {
  node?.child.kill('SIGTERM');
  expect(await node?.ended).toBe(0);
}

needs(
  'redis-server',
  'nginx',
  'pg_ctlcluster',
)('two nodes behind nginx', () => {
  test(
    `${people} people register at once while everything goes away once${isFull ? '' : ' (the shorter form)'}`,
    async () => {
      const scene = await openScene();
      const { cluster, smtp, nodes, road } = scene;
      const walkers = Array.from({ length: people }, (_, index) => new Registrant(index + 1, road));
      const began = performance.now();
      await Promise.all([disturb(scene), ...walkers.map((walker) => walker.register())]);
      const took = performance.now() - began;
      const retyped = await Promise.all(walkers.map((walker) => walker.typeAgain()));
      await untilQueueIsEmpty(cluster.postgres.url);
      for (const node of nodes) await stopNode(node);

      const delivered = await readDelivered(cluster.out, smtp);
      const counts = await cluster.inside(async ({ deps }) => {
        await lookAtPeople(deps, walkers);
        return countMessages(deps, delivered);
      });
      const total = (each: (walker: Registrant) => number) =>
        walkers.reduce((sum, one) => sum + each(one), 0);
      expect(total(({ ready }) => ready.size)).toBe(2 * people);
      process.stdout.write(
        `two nodes: ${people} people, ${total(({ ready }) => ready.size)} methods ready in ${Math.round(took / second)} s; ` +
          `${total(({ signIns }) => signIns)} sign-ins, ${total(({ interruptions }) => interruptions)} interruptions, ` +
          `${retyped.reduce((sum, one) => sum + one, 0)} used codes typed again and refused; messages: ` +
          `${counts.sent} sent, ${counts.duplicates} duplicates, ${counts.dropped} dropped\n`,
      );
    },
    isFull ? 900 * second : 600 * second,
  );
});
