import type { Command } from './command.ts';

interface Listed {
  /** One line of the help. */
  words: string;
  /** What a command needs is loaded only once it is asked for. */
  load(): Promise<Command>;
}

/** What `sparekey` can be told to do on the machine that it runs on, in the order of the help. */
export const commands = new Map<string, Listed>([
  [
    'start',
    {
      words: 'start the server, as without a command',
      load: async () => (await import('./start.ts')).start,
    },
  ],
  [
    'recover-administrator',
    {
      words: 'print a one-time token for an administrator who forgot the password: NAME',
      load: async () => (await import('./recover-administrator.ts')).recoverAdministrator,
    },
  ],
  [
    'directory',
    {
      words: 'directory sync: bring the people up to what the directory says',
      load: async () => (await import('./directory.ts')).directory,
    },
  ],
  [
    'backup',
    {
      words: 'FILE: copy the embedded database, also while the server runs',
      load: async () => (await import('./backup.ts')).backup,
    },
  ],
  [
    'restore',
    {
      words: 'FILE: put a backup back; revives no code and no session',
      load: async () => (await import('./backup.ts')).restore,
    },
  ],
  [
    'export',
    {
      words: 'FILE: write every table out, to move to another database',
      load: async () => (await import('./moving.ts')).exportAll,
    },
  ],
  [
    'import-backup',
    {
      words: 'FILE: take an export into an empty database',
      load: async () => (await import('./moving.ts')).importAll,
    },
  ],
  [
    'keys',
    {
      words: 'keys, keys add, keys use, keys retire: look at the keys, and replace them without a pause',
      load: async () => (await import('./keys.ts')).keys,
    },
  ],
  [
    'doctor',
    {
      words:
        'look whether the configuration fits the real servers; --send-to ADDRESS-OR-NUMBER tests sending',
      load: async () => (await import('./doctor.ts')).doctor,
    },
  ],
]);

/** The help, one line a command. */
export function usage(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(([name, { words }]) => `  sparekey ${name.padEnd(width)}   ${words}`);
  return [
    'Sparekey: people get back into their account by themselves.',
    '',
    ...lines,
    '',
    'Settings come from the environment and .env; see the README. Administrators use sparekey-admin.',
  ].join('\n');
}
