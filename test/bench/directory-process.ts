import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readProcessConfig } from '../../src/config/config.ts';
import { openHouse } from '../../src/house.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';

/* A process of its own for each synchronisation, so that what it holds at most is told of it alone. */

const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
const house = await openHouse(readProcessConfig(), {
  now: Date.now,
  terminal: sink,
  log: pino({ level: 'silent' }),
});
const megabyte = 1024 * 1024;
/** What is looked at between two looks at the memory: a full collection each time, so that only what is held counts. */
const between = 10_000;
const memory = { rest: process.memoryUsage.rss() / megabyte, held: 0, looked: 0 };

function lookAtMemory(looked: number): void {
  if (looked < memory.looked + between) return;
  memory.looked = looked;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  memory.held = Math.max(memory.held, (heapUsed + external) / megabyte);
}

const began = performance.now();
const done = await synchronise(house.deps, {
  whole: process.argv[2] === 'whole',
  stop: new AbortController().signal,
  onProgress: ({ added, changed, same }) => lookAtMemory(added + changed + same),
});
const seconds = (performance.now() - began) / 1000;
await house.close();
// Kilobytes, whatever the system counts in.
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ ...done, seconds, peak, rest: memory.rest, held: memory.held }));
