import type { Words } from '../src/words/words.ts';
import { DoorClosed, DoorRefused } from './api.ts';
import type { Trouble } from './stage/trouble.ts';

/** Says what went wrong with the door; throws what is no trouble of the door. */
export function explainTrouble(words: Words, error: unknown): Trouble {
  if (error instanceof DoorClosed) return { trouble: 'lost', message: whyClosed(words, error) };
  if (!(error instanceof DoorRefused)) throw error;
  const { problem, message, field } = error;
  return problem === 'not-signed-in' ? { trouble: 'ended', message } : { trouble: 'refused', message, field };
}

/** Why the door is shut, and what to do. */
function whyClosed({ admin, administrators }: Words, { why, path }: DoorClosed): string {
  switch (why) {
    case 'not-running':
      return admin.terminal.notRunning(path);
    case 'not-allowed':
      return admin.terminal.notAllowed(path);
    case 'untrusted':
      return administrators.terminal.untrusted(path);
    case 'lost':
      return admin.terminal.lost;
  }
}
