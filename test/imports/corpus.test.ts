import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Encoding } from '../../src/imports/encoding.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { csvOf, makeImporter } from '../helpers/imports.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

const separators = [',', ';', '\t', '|'] as const;

/** The letters above 127 of Windows-1252 that these files use; the others stand where Unicode has them. */
const windows: Record<string, number> = { '€': 0x80, '’': 0x92 };

const writers: [name: string, encoding: Encoding, write: (text: string) => Buffer][] = [
  ['UTF-8', 'utf-8', (text) => Buffer.from(text)],
  ['UTF-8 with BOM', 'utf-8', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE', 'utf-16le', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 LE without BOM', 'utf-16le', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16 BE', 'utf-16be', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16 BE without BOM', 'utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['Windows-1252', 'windows-1252', (text) => Buffer.from([...text].map(windowsByte))],
];

function windowsByte(letter: string): number {
  return windows[letter] ?? letter.codePointAt(0) ?? 0;
}

const headers = [
  ...['Gebruikersnaam', 'Naam', 'E-mail (werk)', 'Kantoortelefoon', 'Groepen', 'Taal'],
  ...['Privé telefoon', 'Toestemming door', 'Toestemming op', 'Toestemming hoe'],
];

/** A line of the file as it stands there, and what is to come of it; no outcome: it is no row. */
interface Case {
  damage: string;
  line(separator: string): string;
  outcome?: 'created' | 'refused';
  /** What the remark says, in part. */
  says?: RegExp;
  /** Lines that the row takes, if more than one. */
  lines?: number;
}

const row = (cells: readonly string[]) => (separator: string) => csvOf([cells], separator).slice(0, -2);
const consent = ['Zoë', '2026-10-01', 'formulier'];

const cases: Case[] = [
  { damage: 'cells missing at the end', line: row(['case1', 'Zoë ’t Hoen €']), outcome: 'created' },
  {
    damage: 'none, every cell filled',
    line: row([
      'case2',
      'Zoë',
      'zoe@example.org',
      '020 794 0000 toestel 12',
      'A;B',
      'nl',
      '06 12345678',
      ...consent,
    ]),
    outcome: 'created',
  },
  {
    damage: 'a line break in quotes',
    line: row(['case3', 'Zoë\nJansen', ...Array(8).fill('')]),
    outcome: 'created',
    lines: 2,
  },
  { damage: 'quotes in quotes', line: row(['case4', 'Zoë "de beer" Jansen']), outcome: 'created' },
  {
    damage: 'a quote in the middle of a cell',
    line: (separator) => ['case5', 'Zoë 5" Jansen'].join(separator),
    outcome: 'created',
  },
  { damage: 'a line of nothing', line: () => '' },
  { damage: 'a line of separators', line: (separator) => separator.repeat(headers.length - 1) },
  { damage: 'a line of spaces', line: () => '   ' },
  {
    damage: 'a quote that never closes',
    line: (separator) => ['case6', '"Zoë'].join(separator),
    outcome: 'refused',
    says: /quotation mark/,
  },
  { damage: 'none, behind an open quote', line: row(['case7', 'Zoë']), outcome: 'created' },
  {
    damage: 'two quotes that never close, one after the other',
    line: (separator) => `case8${separator}"Zoë${separator}x`,
    outcome: 'refused',
    says: /quotation mark/,
  },
  {
    damage: 'the second of them',
    line: (separator) => `case9${separator}"Zoë${separator}x`,
    outcome: 'refused',
    says: /quotation mark/,
  },
  {
    damage: 'too many cells',
    line: row(['case10', 'Zoë', ...Array(20).fill('x')]),
    outcome: 'refused',
    says: /more cells/,
  },
  {
    damage: 'too many cells, all empty',
    line: row(['case11', 'Zoë', ...Array(20).fill('')]),
    outcome: 'created',
  },
  { damage: 'a user name twice', line: row(['CASE1', 'Zoë']), outcome: 'refused', says: /on line 2 already/ },
  { damage: 'no user name', line: row(['', 'Zoë']), outcome: 'refused', says: /user name is missing/ },
  {
    damage: 'a user name of spaces',
    line: row(['case twelve', 'Zoë']),
    outcome: 'refused',
    says: /cannot be a user name/,
  },
  {
    damage: 'a user name that is too long',
    line: row(['c'.repeat(101), 'Zoë']),
    outcome: 'refused',
    says: /100 char/,
  },
  { damage: 'no name', line: row(['case13']), outcome: 'refused', says: /“Naam”: This person is new/ },
  {
    damage: 'a name that is too long',
    line: row(['case14', 'Z'.repeat(201)]),
    outcome: 'refused',
    says: /200 char/,
  },
  {
    damage: 'a control character',
    line: row(['case15', 'Zoë\u0007']),
    outcome: 'refused',
    says: /one line of text/,
  },
  {
    damage: 'a language there is not',
    line: row(['case16', 'Zoë', '', '', '', 'fr']),
    outcome: 'refused',
    says: /nl or en/,
  },
  {
    damage: 'a number that is none',
    line: row(['case17', 'Zoë', '', '12']),
    outcome: 'refused',
    says: /Kantoortelefoon/,
  },
  {
    damage: 'an address that is none',
    line: row(['case18', 'Zoë', 'zoe']),
    outcome: 'refused',
    says: /“E-mail \(werk\)”/,
  },
  {
    damage: 'a phone without consent',
    line: row(['case19', 'Zoë', '', '', '', '', '06 12345678']),
    outcome: 'refused',
    says: /“Toestemming door”.*“Toestemming op”.*“Toestemming hoe”/,
  },
  {
    damage: 'consent on a day there is not',
    line: row(['case20', 'Zoë', '', '', '', '', '06 12345678', 'Zoë', '31-02-2026', 'x']),
    outcome: 'refused',
    says: /not a date/,
  },
  {
    damage: 'consent in the future',
    line: row(['case21', 'Zoë', '', '', '', '', '06 12345678', 'Zoë', '1-12-2026', 'x']),
    outcome: 'refused',
    says: /in the future/,
  },
  {
    damage: 'a number as a formula, as Excel keeps zeros',
    line: (s) => `case22${s}Zoë${s}${s}"=""0207940000"""`,
    outcome: 'created',
  },
  {
    damage: 'too many groups',
    line: row(['case23', 'Zoë', '', '', Array.from({ length: 101 }, (_, n) => `g${n}`).join('|')]),
    outcome: 'refused',
    says: /100 groups/,
  },
  {
    damage: 'spaces around everything',
    line: row([' case24 ', ' Zoë ', ' zoe@example.org ']),
    outcome: 'created',
  },
  {
    damage: 'the file cut off in a quote',
    line: (separator) => `case25${separator}"Zo`,
    outcome: 'refused',
    says: /quotation mark/,
  },
];

/** The line on which each case begins. */
function placed(): (Case & { at: number })[] {
  let at = 2;
  return cases.map((one) => {
    const here = { ...one, at };
    at += one.lines ?? 1;
    return here;
  });
}

/** Every file has people of its own: the name of the case gets the name of the file behind it. */
function fileWith(separator: string, mark: string): string {
  const lines = cases.map((one) => one.line(separator).replaceAll(/(case\d+)/gi, `$1${mark}`));
  return [csvOf([headers], separator).slice(0, -2), ...lines].join('\r\n');
}

describe.each(writers)('a file in %s', (name, encoding, write) => {
  it.each(separators)(
    'separated by %j is understood, and every damaged line costs itself alone',
    async (separator) => {
      const mark = `.${writers.findIndex((one) => one[0] === name)}${separators.indexOf(separator)}`;
      const importer = makeImporter(house);
      const bytes = write(fileWith(separator, mark));
      const { checked, one, rows } = await importer.run(bytes);
      const { look } = checked;
      expect(look).toMatchObject({ encoding, separator, problems: [] });
      expect(look?.columns.map(({ field }) => field)).not.toContain('ignore');
      const wanted = placed().filter(({ outcome }) => outcome !== undefined);
      expect(rows.map(({ line, outcome }) => ({ line, outcome }))).toEqual(
        wanted.map(({ at, outcome }) => ({ line: at, outcome })),
      );
      for (const [index, { damage, says }] of wanted.entries())
        expect(rows[index]?.remarks, damage).toMatch(says ?? /^$/);
      expect(one.totals.created).toBe(wanted.filter(({ outcome }) => outcome === 'created').length);
      const card = await house.deps.db
        .selectFrom('people')
        .select('display_name')
        .where('user_name', 'in', [`case1${mark}`, `case3${mark}`, `case4${mark}`, `case5${mark}`])
        .orderBy('user_name')
        .execute();
      expect(card.map(({ display_name }) => display_name)).toEqual([
        'Zoë ’t Hoen €',
        'Zoë Jansen',
        'Zoë "de beer" Jansen',
        'Zoë 5" Jansen',
      ]);
    },
  );
});
