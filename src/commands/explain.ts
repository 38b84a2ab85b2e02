import { DoorBlocked } from '../admin-api/serve.ts';
import { BadConfig } from '../config/config.ts';
import { KeysUnfit } from '../secrets/open-key-ring.ts';
import { SessionsAway } from '../sessions/sessions-away.ts';
import { CopyRefused } from '../store/copy.ts';
import { SchemaUnfit } from '../store/floor.ts';

const systemWords: Record<string, string> = {
  'listen EADDRINUSE': 'The port is taken by another program: choose another PORT.',
  'listen EACCES': 'This user may not use that port: choose a PORT above 1023.',
  'listen EADDRNOTAVAIL': 'HOST is no address of this machine: put it right.',
  'getaddrinfo ENOTFOUND': 'HOST is not known: put it right.',
};

const ownFaults = [BadConfig, KeysUnfit, DoorBlocked, SessionsAway, SchemaUnfit, CopyRefused];

/** What the system refused, in words; undefined for anything else. */
function explainRefusal(error: object): string | undefined {
  if (!('code' in error && 'syscall' in error)) return undefined;
  const fileFaults: unknown[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC'];
  if ('path' in error && fileFaults.includes(error.code))
    return `${error.path} cannot be used (${error.code}): give this user rights to it, or choose another DATA_DIR.`;
  return systemWords[`${error.syscall} ${error.code}`];
}

/** Faults that whoever runs Sparekey can put right are said in words, others with their stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (ownFaults.some((fault) => error instanceof fault)) return error.message;
  return explainRefusal(error) ?? error.stack ?? error.message;
}
