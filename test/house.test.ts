import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

interface Source {
  /** From the root of the checkout. */
  path: string;
  text: string;
}

function readSources(...patterns: string[]): Source[] {
  return globSync(patterns, { cwd: root }).map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
  }));
}

const src = readSources('src/**/*.ts');
const terminal = readSources('admin-tui/**/*.{ts,tsx}');
const tests = readSources('test/**/*.{ts,tsx}');
const views = readSources('views/**/*.eta');

/** The house from top to bottom: a file imports from its own folder and from lines below its own. */
const lines = [
  ['main'],
  ['web-app', 'admin-api'],
  ['sign-in', 'register', 'reset', 'redeem', 'stop', 'change-password', 'account'],
  ['web'],
  ['imports', 'synchronisation', 'reminders', 'resets', 'access-codes', 'waiting-changes'],
  ['passwords'],
  ['notices'],
  ['registrations'],
  ['challenges'],
  ['people', 'sessions', 'administrators'],
  ['questions'],
  ['policy'],
  ['rotation'],
  ['audit'],
  ['limits'],
  ['deps'],
  ['directory', 'delivery', 'methods'],
  ['store', 'words', 'csv', 'figures'],
  ['secrets'],
  ['config', 'keep-last'],
];

/** The files that together are `main`. */
const main = [
  'main',
  'commands',
  'administering',
  'house',
  'opening',
  'housekeeping',
  'trial',
  'watching',
  'launch',
  'pinned-node',
];

/** The room a file of src stands in: its folder, or its own name where it has none. */
function roomOf(path: string): string {
  const [room = ''] = relative('src', path).split('/');
  const name = room.replace(/\.ts$/, '');
  return main.includes(name) ? 'main' : name;
}

function lineOf(room: string): number {
  return lines.findIndex((line) => line.includes(room));
}

interface Import {
  from: string;
  /** The file it names, from the root; undefined for a package. */
  to: string | undefined;
  statement: string;
}

/** Every import and re-export of a file: static, dynamic, of types, for side effects, and `declare module`. */
function importsOf({ path, text }: Source): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s*['"]([^'"]+)['"]|(?:^|\n)declare module ['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => {
    const name = match.slice(1).find((one) => one !== undefined) ?? '';
    const to = name.startsWith('.') ? relative(root, resolve(root, dirname(path), name)) : undefined;
    return { from: path, to, statement: match[0].trim() };
  });
}

/** A source without its comments, strings and imports: what is left is code. */
function codeOf({ text }: Source): string {
  return text
    .replace(/(^|\n)\s*(import|export)\b[^;'"`]*?\bfrom\s*['"][^'"]+['"]/g, '')
    .replace(/\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g, '')
    .replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, "''");
}

function findIn(sources: readonly Source[], pattern: RegExp): string[] {
  return sources.flatMap((source) =>
    [...codeOf(source).matchAll(pattern)].map((match) => `${source.path}: ${match[0].trim()}`),
  );
}

test('there is a house to look at', () => {
  expect(src.length).toBeGreaterThan(100);
  expect(terminal.length).toBeGreaterThan(10);
  expect(views.length).toBeGreaterThan(20);
  expect(src.flatMap(importsOf).length).toBeGreaterThan(300);
});

test('every room of src has its line in the house', () => {
  const rooms = new Set(src.map(({ path }) => roomOf(path)));
  expect([...rooms].filter((room) => lineOf(room) < 0)).toEqual([]);
});

test('every import goes downstairs', () => {
  const upstairs = src
    .flatMap(importsOf)
    .filter(({ from, to }) => to !== undefined && roomOf(from) !== roomOf(to))
    .filter(({ from, to = '' }) => !to.startsWith('src/') || lineOf(roomOf(to)) <= lineOf(roomOf(from)))
    .map(({ from, to }) => `${from} imports ${to}`);
  expect(upstairs).toEqual([]);
});

test('nothing below web knows Express, and nothing but web and the web app renders', () => {
  const below = src.filter(({ path }) => lineOf(roomOf(path)) > lineOf('web'));
  const outside = below.flatMap((source) =>
    [...source.text.matchAll(/from '(express|eta|helmet|cookie)'/g)].map(
      ([what]) => `${source.path} ${what}`,
    ),
  );
  expect(outside).toEqual([]);
});

test('the terminal imports of src only the type of the API, the words, the config and the launcher', () => {
  const allowed = (one: Import) => {
    if (one.to === 'src/admin-api/admin-api.ts')
      return /^import type \{ AdminApi \} from/.test(one.statement);
    return /^src\/(words\/.*|config\/config|pinned-node)\.ts$/.test(one.to ?? '');
  };
  const ofSrc = terminal
    .flatMap(importsOf)
    .filter(({ to }) => to !== undefined && !to.startsWith('admin-tui/'));
  expect(ofSrc.filter((one) => !allowed(one)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});

test('no code outside test/ imports from it', () => {
  const all = [...src, ...terminal].flatMap(importsOf);
  expect(all.filter(({ to }) => to?.startsWith('test/'))).toEqual([]);
});

test('the environment is read in the config, and in one line of each program of the terminal', () => {
  const readers = findIn([...src, ...terminal], /[^\n]*\bprocess\s*\.\s*env\b[^\n]*|\bloadEnvFile\b/g);
  expect(readers.map((line) => line.split(':')[0])).toEqual([
    'src/config/config.ts',
    'src/config/config.ts',
    'admin-tui/main.ts',
    'admin-tui/show-help.ts',
  ]);
});

test('nothing is asserted, nothing is any, nothing is exported by default', () => {
  const sources = [...src, ...terminal];
  expect(findIn(sources, /(?<!\.)\bas (?!const\b)[A-Za-z{[(].{0,30}/g)).toEqual([]);
  expect(findIn(sources, /[=(,:]\s*<[A-Z][\w.]*>\s*[\w{[]/g)).toEqual([]);
  expect(findIn(sources, /(?:[:<|&,=]\s*any\b(?!\()|\bany\[\]).{0,30}/g)).toEqual([]);
  expect(findIn(sources, /\bexport default\b|\bas default\b/g)).toEqual([]);
  const silenced = /@ts-(?:ignore|nocheck|expect-error)/g;
  expect(
    [...sources, ...tests].filter(({ text, path }) => path !== 'test/house.test.ts' && silenced.test(text)),
  ).toEqual([]);
});

test('nothing is left to do', () => {
  const all = [...src, ...terminal, ...tests, ...views].filter(({ path }) => path !== 'test/house.test.ts');
  expect(all.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text)).map(({ path }) => path)).toEqual(
    [],
  );
});

test('the clock comes from outside', () => {
  const clocks = findIn(src, /\bDate\.now\b|\bnew Date\(\)/g);
  expect(clocks).toEqual(['src/main.ts: Date.now']);
});

test('a folder is named after what is in it, and no file only passes on what others have', () => {
  const folders = new Set([...src, ...terminal].flatMap(({ path }) => dirname(path).split('/')));
  for (const name of [
    'utils',
    'util',
    'common',
    'helpers',
    'lib',
    'libs',
    'services',
    'controllers',
    'shared',
    'misc',
  ])
    expect(folders.has(name), name).toBe(false);
  const barrels = [...src, ...terminal].filter((source) => {
    const passesOn = /(^|\n)export\b[^;'"`]*?\bfrom\s*'/.test(source.text);
    return (
      /(^|\/)index\.tsx?$/.test(source.path) || (passesOn && codeOf(source).replace(/[;\s']/g, '') === '')
    );
  });
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

/** The names of the views whose props a file declares. */
function declaredViews({ text }: Source): string[] {
  const block = /\n {2}interface Views \{\n([\s\S]*?)\n {2}\}\n/.exec(text)?.[1] ?? '';
  return [...block.matchAll(/^ {4}'?([\w/-]+)'?:/gm)].map(([, name = '']) => name);
}

test('every view has props that the page beside them uses, and every such view is there', () => {
  const names = views
    .map(({ path }) => path.replace(/^views\/|\.eta$/g, ''))
    .filter((name) => !name.startsWith('parts/'));
  const declared = src.flatMap(declaredViews);
  expect(declared.toSorted()).toEqual(names.toSorted());
  const unused = src
    .filter((source) => declaredViews(source).length > 0)
    .filter(({ text }) => !/\bview: ['`]|\.render\('/.test(text));
  expect(unused.map(({ path }) => path)).toEqual([]);
});

test('every part of a view is put in somewhere', () => {
  const parts = views
    .map(({ path }) => path.replace(/^views\/|\.eta$/g, ''))
    .filter((path) => path.startsWith('parts/'));
  const frames = ['parts/page', 'parts/row'];
  const unused = parts.filter(
    (part) => !frames.includes(part) && !views.some(({ text }) => text.includes(`part('${part}'`)),
  );
  expect(parts).toContain('parts/field');
  expect(unused).toEqual([]);
});

test('views escape what they print: only parts and bodies already drawn go in raw', () => {
  const raw = views.flatMap(({ path, text }) =>
    [...text.matchAll(/<%~(.*?)%>/gs)].map(([, what = '']) => `${path}: ${what.trim()}`),
  );
  expect(raw.filter((line) => !/: part\('parts\/[a-z-]+'|: it\.body$/.test(line))).toEqual([]);
});

test('no test is skipped, singled out or left for later', () => {
  const marks =
    /\b(?:test|it|describe|suite)\s*\.\s*(?:skip|only|todo|fails|skipIf|runIf)\b|\bcontext\.skip\b/g;
  const found = findIn(
    tests.filter(({ path }) => path !== 'test/helpers/needs.ts'),
    marks,
  );
  expect(found).toEqual([]);
});
