import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import argon2 from 'argon2';
import express from 'express';
import session from 'express-session';
import { z } from 'zod';
import { makeKeyRing } from '../../src/secrets/key-ring.ts';
import { makeSecrets } from '../../src/secrets/secrets.ts';
import { DatabaseSessionStore } from '../../src/sessions/database-store.ts';
import { openDatabase } from '../../src/store/database.ts';

/* The limits that loads are held against, each as a program of its own: `empty-page`, `argon2` and `inserts`. */

const wanted = z
  .object({
    what: z.enum(['empty-page', 'argon2', 'inserts']),
    databaseUrl: z.string().optional(),
    databaseFile: z.string(),
    workers: z.number(),
    seconds: z.number(),
  })
  .parse(workerData);

function open() {
  const { databaseUrl, databaseFile } = wanted;
  return openDatabase({ databaseUrl, databaseFile }, { onBroken: () => {} });
}

/** Express with the same session store and an empty page; whoever comes has a session. */
async function emptyPage(): Promise<unknown> {
  const ring = makeKeyRing(Date.now);
  const { tokens } = makeSecrets(ring, { workers: 1, waiting: 1 });
  const app = express().disable('etag').disable('x-powered-by');
  const store = new DatabaseSessionStore({ db: open(), tokens, now: Date.now });
  app.use(session({ secret: 'of no use', store, resave: false, saveUninitialized: false }));
  app.get('/start', (req, res) => {
    req.session.personId = 'somebody';
    res.send('');
  });
  app.get('/', (req, res) => {
    res.type('html').send(req.session.personId === undefined ? 'nobody' : '');
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address();
}

/** How many hashes a second so many workers compare. */
async function argon2Rate(): Promise<number> {
  const hash = await argon2.hash('correct horse battery', {
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  });
  const until = performance.now() + wanted.seconds * 1000;
  let done = 0;
  const work = async () => {
    for (; performance.now() < until; done += 1) await argon2.verify(hash, 'correct horse battery');
  };
  await Promise.all(Array.from({ length: wanted.workers }, work));
  return done / wanted.seconds;
}

/** How many rows a second are inserted, each in a commit of its own, eight at a time. */
async function insertRate(): Promise<number> {
  const db = open();
  const until = performance.now() + wanted.seconds * 1000;
  let done = 0;
  const work = async () => {
    for (; performance.now() < until; done += 1)
      await db
        .insertInto('meta')
        .values({ name: `bench-${crypto.randomUUID()}`, value: 'x' })
        .execute();
  };
  await Promise.all(Array.from({ length: 8 }, work));
  await db.deleteFrom('meta').where('name', 'like', 'bench-%').execute();
  await db.destroy();
  return done / wanted.seconds;
}

const works = { 'empty-page': emptyPage, argon2: argon2Rate, inserts: insertRate };
parentPort?.postMessage(await works[wanted.what]());
