import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** What opens a store: a test that comes to none of these is the same on every engine. */
const doors = ['test/helpers/database.ts', 'test/helpers/server.ts'];

/** Tests that do open a store and still run once, each with the reason. */
const declared: Record<string, string> = {
  'test/accessibility/{pages,terminal}.test.ts':
    'looks at what a browser or a terminal is shown, not at what is kept',
  'test/accessibility/screen-reader/*.test.ts': 'listens to pages and to a terminal, not to what is kept',
  'test/browsers/*.test.ts': 'drives browsers through journeys that test/stories walks on both engines',
  'test/admin-tui/**/*.test.{ts,tsx}':
    'drives terminals against the API, which test/admin-api asks on both engines',
  'test/cluster/{nodes,two-nodes,rotation}.test.ts':
    'starts a PostgreSQL of its own, and the last two a Redis too',
  'test/redis/*.test.ts': 'starts a Redis of its own',
  'test/store/{moving,postgres}.test.ts': 'starts a PostgreSQL of its own',
  'test/delivery/noting.test.ts': 'starts a PostgreSQL of its own, to stop it',
  'test/{admin-api,operations}/nginx.test.ts': 'tries what the docs say of nginx, not what is kept',
  'test/start/one-store.test.ts':
    'settings, ports, files and certificates, told or refused alike whatever keeps the people',
  'test/directory/killed.test.ts':
    'kills a directory elsewhere; that a reset outlives a kill test/crash/reset-kill sees on both engines',
  'test/security/sign-in-timing.test.ts': 'takes the time of a hash, which no store has a part in',
  'test/directory/{samba,slapd,away,administrators,answers,timing}.test.ts':
    'asks a directory elsewhere; what is kept of it test/directory/sync looks at on both engines',
  'test/delivery/smtp.test.ts': 'asks a mail server; what the queue keeps test/delivery/worker looks at',
  'test/security/{headers,csrf}.test.ts': 'looks at what a page carries and a form is asked for',
  'test/security/fuzz/*.test.ts': 'asks what stands at the doors, most of it refused before a store is asked',
  'test/imports/corpus.test.ts': 'reads odd files; what becomes of rows test/imports/changes looks at',
  'test/stories/{language,both-languages}.test.ts': 'looks at the words of pages',
};

/** A test that runs on one engine, and why one is enough. */
export interface Once {
  file: string;
  why: string;
}

function importsOf(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const found = text.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+)'/gm);
  return [...found].map(([, to = '']) => normalize(join(dirname(path), to)));
}

/** Every file that this one comes to through its imports, itself among them. */
function reachedFrom(path: string, known: Map<string, Set<string>>): Set<string> {
  const before = known.get(path);
  if (before) return before;
  const reached = new Set([path]);
  known.set(path, reached);
  for (const next of importsOf(path).filter((to) => /^test\/.*\.tsx?$/.test(to)))
    for (const one of reachedFrom(next, known)) reached.add(one);
  return reached;
}

/** Every test file, from the root. */
export function allTests(): string[] {
  return globSync('test/**/*.test.{ts,tsx}', { cwd: root }).toSorted();
}

/** The declared files as they are there, by the pattern that names them. */
export function declaredOnce(): Map<string, string[]> {
  return new Map(Object.keys(declared).map((pattern) => [pattern, globSync(pattern, { cwd: root })]));
}

/** The tests that need not run on PostgreSQL and Redis; any other test does, without being listed anywhere. */
export function testsOnce(): Once[] {
  const known = new Map<string, Set<string>>();
  const opensNone = allTests().filter((file) => {
    const reached = reachedFrom(file, known);
    return !doors.some((door) => reached.has(door));
  });
  const listed = [...declaredOnce()].flatMap(([pattern, files]) =>
    files.map((file) => ({ file, why: declared[pattern] ?? '' })),
  );
  return [...opensNone.map((file) => ({ file, why: 'opens no store' })), ...listed];
}
