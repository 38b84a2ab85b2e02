import type { Client } from 'ldapts';
import type { DirectorySettings } from '../../config/directory.ts';
import { makeBoundedQueue } from '../../secrets/bounded-queue.ts';
import { DirectoryAway } from '../away.ts';
import { closeClient, isAway, openClient, resultCode } from './client.ts';

const linesAtOnce = 8;
const waiting = 200;
const keptIdle = 60_000;

/** What is told of the servers as it changes. */
export interface Told {
  onAway(failure: string): void;
  onBack(): void;
}

/** The servers of a directory, of which any will do: work is done at the one that answered last, else at the next. */
export interface Servers {
  /**
   * Does work as Sparekey's own account. What only reads is done again on a fresh line when an idle one turns out to be
   * dead. Rejects with `DirectoryAway`, or with the directory's own answer.
   */
  asService<T>(work: (client: Client) => Promise<T>, kind?: 'reads' | 'writes'): Promise<T>;
  /** Does work on a line of its own that nobody is bound on. */
  asNobody<T>(work: (client: Client) => Promise<T>, kind?: 'reads' | 'writes'): Promise<T>;
  /** Opens a line bound as Sparekey's own account for long work, outside the few there are; give it back by `release`. */
  openService(): Promise<Client>;
  release(client: Client): void;
  /** Makes `DirectoryAway` of a fault that says nothing of what was asked; others stay as they are. */
  asAway(error: unknown): unknown;
  close(): Promise<void>;
}

interface Idle {
  client: Client;
  since: number;
}

function wordsOf(error: unknown): string {
  const code = resultCode(error);
  if (code !== undefined) return `result ${code}`;
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.message.slice(0, 200);
}

/** Makes the servers of these settings; nothing is opened before it is needed. */
export function makeServers(settings: DirectorySettings, told: Told): Servers {
  const queue = makeBoundedQueue({ workers: linesAtOnce, waiting });
  const idle: Idle[] = [];
  const state = { first: 0, away: false };

  function note(error?: unknown): void {
    if (state.away === (error !== undefined)) return;
    state.away = error !== undefined;
    if (error === undefined) told.onBack();
    else told.onAway(wordsOf(error));
  }

  /** Opens a line that answers: a server is asked something before it is believed. */
  async function open(ready: (client: Client) => Promise<void>): Promise<Client> {
    const faults: unknown[] = [];
    for (let tries = 0; tries < settings.urls.length; tries += 1) {
      const at = (state.first + tries) % settings.urls.length;
      try {
        const client = await openClient(settings, settings.urls[at] ?? '');
        await ready(client).catch(async (error: unknown) => {
          await closeClient(client);
          throw error;
        });
        state.first = at;
        note();
        return client;
      } catch (error) {
        faults.push(error);
      }
    }
    note(faults[0]);
    throw new DirectoryAway(faults[0]);
  }

  const openService = () => open((client) => client.bind(settings.bindDn, settings.password));

  function takeIdle(): Client | undefined {
    for (let last = idle.pop(); last; last = idle.pop()) {
      if (last.client.isBound && performance.now() - last.since < keptIdle) return last.client;
      void closeClient(last.client);
    }
    return undefined;
  }

  async function workWith<T>(client: Client, work: (client: Client) => Promise<T>): Promise<T> {
    try {
      const done = await work(client);
      idle.push({ client, since: performance.now() });
      return done;
    } catch (error) {
      if (isAway(error)) void closeClient(client);
      else idle.push({ client, since: performance.now() });
      throw error;
    }
  }

  async function doAsService<T>(work: (client: Client) => Promise<T>, kind: 'reads' | 'writes'): Promise<T> {
    // A write goes over a line that has just answered, so that a dead one is seen before anything is sent.
    const known = takeIdle();
    if (known && kind === 'writes')
      await known.search('', { scope: 'base', attributes: ['1.1'] }).catch(() => closeClient(known));
    if (known?.isBound) {
      try {
        return await workWith(known, work);
      } catch (error) {
        if (!isAway(error)) throw error;
        if (kind === 'writes') throw new DirectoryAway(error, { maybeWritten: true });
      }
    }
    const client = await openService();
    try {
      return await workWith(client, work);
    } catch (error) {
      if (!isAway(error)) throw error;
      note(error);
      throw new DirectoryAway(error, { maybeWritten: kind === 'writes' });
    }
  }

  return {
    asService: (work, kind = 'reads') => queue.run(() => doAsService(work, kind)),
    asNobody: (work, kind = 'reads') =>
      queue.run(async () => {
        const client = await open((opened) =>
          opened.search('', { scope: 'base', attributes: ['1.1'] }).then(
            () => {},
            (error: unknown) => {
              // Who may ask nothing unbound has still been answered.
              if (isAway(error)) throw error;
            },
          ),
        );
        try {
          return await work(client);
        } catch (error) {
          throw isAway(error) ? new DirectoryAway(error, { maybeWritten: kind === 'writes' }) : error;
        } finally {
          await closeClient(client);
        }
      }),
    openService,
    release: (client) => void closeClient(client),
    asAway: (error) =>
      isAway(error) && !(error instanceof DirectoryAway) ? new DirectoryAway(error) : error,
    async close() {
      await Promise.all(idle.splice(0).map(({ client }) => closeClient(client)));
    },
  };
}
