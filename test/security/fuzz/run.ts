import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Lane } from './lane.ts';
import { bytesOf, type Message, mayBeLeft } from './message.ts';
import { randomOf } from './random.ts';
import { type Answer, send } from './wire.ts';

/** A generous time for one answer, on a machine that does other things too. */
const within = 20_000;
const renewedEvery = 250;

/** What a run looks for after each request, beside the answer itself; texts say what is wrong. */
export interface Watch {
  /** Lines of level error that the log took since. */
  takeErrors(): string[];
  /** Called before each request, so that limits of time pass. */
  tick(): void;
}

const trace = /\n\s+at .+:\d+:\d+|node_modules\/|\.ts:\d+:\d+|SqliteError|ERR_SQLITE|SELECT .+ FROM/i;

/** What is wrong with an answer; empty when nothing is. */
function faultsOf(message: Message, { status, head, body, hung }: Answer): string[] {
  const faults: string[] = [];
  if (hung) faults.push('hung');
  if (status === 0 && !mayBeLeft(message) && !hung) faults.push('no answer');
  if (status === 500 || status === 503) faults.push(`status ${status}`);
  if (trace.test(body) || trace.test(head)) faults.push('a stack trace, or words of the store');
  return faults;
}

/** A request that failed, so that a person can look at it and do it again. */
export interface Finding {
  lane: string;
  at: number;
  faults: string[];
  request: string;
  answer: string;
}

/** How often each status was met, by lane. */
export type Tally = Record<string, number>;

export interface Ran {
  findings: Finding[];
  tally: Tally;
}

interface Sent {
  lane: Lane;
  at: number;
  seed: string;
  watch: Watch;
}

async function sendOne({ lane, at, seed, watch }: Sent): Promise<{ finding?: Finding; answer: Answer }> {
  const message = lane.make(randomOf(`${seed}:${lane.name}:${at}`));
  const bytes = bytesOf(message);
  watch.tick();
  const answer = await send(lane.door, bytes, { within, leave: mayBeLeft(message) });
  lane.take(answer);
  const faults = [...faultsOf(message, answer), ...watch.takeErrors()];
  if (faults.length === 0) return { answer };
  const request = JSON.stringify(bytes.toString('latin1').slice(0, 3000));
  const told = JSON.stringify(`${answer.head}\n${answer.body.slice(0, 400)}`);
  return { finding: { lane: lane.name, at, faults, request, answer: told }, answer };
}

async function runLane(sent: Omit<Sent, 'at'>, [from, to]: [number, number], ran: Ran): Promise<void> {
  for (let at = from; at < to; at += 1) {
    if ((at - from) % renewedEvery === 0 || sent.lane.isStale()) await sent.lane.renew();
    const { finding, answer } = await sendOne({ ...sent, at });
    const counted = `${sent.lane.name} ${answer.status}`;
    ran.tally[counted] = (ran.tally[counted] ?? 0) + 1;
    if (finding && ran.findings.length < 50) ran.findings.push(finding);
  }
}

/** Sends so many requests by every lane, one after the other in each and the lanes side by side. */
export async function runLanes(
  lanes: readonly Lane[],
  { seed, from, to }: { seed: string; from: number; to: number },
  watch: Watch,
): Promise<Ran> {
  const ran: Ran = { findings: [], tally: {} };
  await Promise.all(lanes.map((lane) => runLane({ lane, seed, watch }, [from, to], ran)));
  return ran;
}

/** The octets in use once everything that nobody holds is gone. */
export function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('no garbage collector to call');
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
