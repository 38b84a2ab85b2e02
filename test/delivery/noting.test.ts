import { expect, onTestFinished, test } from 'vitest';
import { readTally } from '../../src/delivery/tally.ts';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { needsPostgres, startPostgres } from '../helpers/postgres-server.ts';
import { makeHouse, playTransport } from './house.ts';

async function openScene() {
  const server = await startPostgres();
  onTestFinished(() => server.remove());
  const db = openDatabase({ databaseUrl: server.url, databaseFile: '' }, { onBroken: () => {} });
  onTestFinished(() => db.destroy());
  await migrate(db);
  return { server, house: await makeHouse(db) };
}

needsPostgres('a database that goes away between sending a message and noting so', () => {
  test('it is noted as soon as the database is back, once, and is not sent a second time', async () => {
    const { server, house } = await openScene();
    const gateway = playTransport();
    for (const outcome of ['sent', 'refused']) {
      const { promise: away, resolve: tellAway } = Promise.withResolvers<void>();
      gateway.answer = async () => {
        await server.stop();
        tellAway();
        if (outcome === 'refused') throw new Error('busy');
      };
      await house.requestCode(outcome, 'text');
      const draining = house.makeWorker({ text: gateway }).drain();
      await away;
      await server.start();
      await draining;
      house.clock.time += 1;
    }
    expect(gateway.taken).toHaveLength(1);
    expect(await house.readMessages()).toMatchObject([
      { state: 'sent', attempts: 1, lease_until: null },
      { state: 'waiting', attempts: 1, lease_until: null, failure: 'Error' },
    ]);
    const texts = (await readTally(house.db, '2026-11-22')).find(({ channel }) => channel === 'text');
    expect(texts?.count).toBe(1);
  });

  test('a worker that is told to stop meanwhile waits no longer', async () => {
    const { server, house } = await openScene();
    const gateway = playTransport();
    const { promise: away, resolve: tellAway } = Promise.withResolvers<void>();
    gateway.answer = async () => {
      await server.stop();
      tellAway();
    };
    await house.requestCode('c1', 'text');
    const worker = house.makeWorker({ text: gateway });
    worker.wake();
    await away;
    await worker.stop();
    expect(house.logged.join()).toContain('could not be worked on');
    await server.start();
    expect(await house.readMessages()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  });
});
