import { expect } from 'vitest';
import { wordsOf } from '../../src/words/words.ts';
import { Browser } from '../helpers/browser.ts';
import { type ServerWanted, spawnServer, type startServer } from '../helpers/server.ts';

const words = wordsOf('nl').signIn;

/** Starts a server that is not to come up, and gives its exit code and what it said. */
export async function refusedStart(wanted: ServerWanted) {
  const server = await spawnServer(wanted);
  const code = await server.ended;
  expect(server.said(), 'said in words, without a stack').not.toMatch(/^\s+at /m);
  return { code, said: server.said(), out: server.out() };
}

/** Ends a server as an operator does, and sees that it ended well. */
export async function stop(server: Awaited<ReturnType<typeof startServer>>) {
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
}

/** Signs in by what is typed, with a fresh browser. */
export async function signInAs(url: string, userName: string, password: string): Promise<Browser> {
  const browser = await new Browser(url).open('/sign-in');
  return browser.fill(words.userName, userName).fill(words.password, password).press(words.submit);
}
