import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Requirement {
  number: string;
  what: string;
  metBy: string;
}

function requirementsIn(text: string): Requirement[] {
  const rows = text.split('\n').filter((line) => /^\| V/.test(line));
  return rows.map((row) => {
    const [, number = '', what = '', ...rest] = row.split('|');
    return {
      number: number.trim(),
      what: what.trim(),
      metBy: rest
        .join('|')
        .replace(/\|\s*$/, '')
        .trim(),
    };
  });
}

/** Why a requirement is not met by what stands beside it; undefined when it is. */
function faultOf({ metBy }: Requirement): string | undefined {
  if (/^deviation: \S.{15,}; instead: \S.{15,}$/.test(metBy)) return undefined;
  const [, file = '', inTest, inCode] = /^([\w./-]+)(?: "([^"]+)"|: `([^`]+)`)$/.exec(metBy) ?? [];
  const wanted = inTest ?? inCode;
  if (wanted === undefined) return 'neither a test, a line nor a deviation';
  if (!existsSync(join(root, file))) return `${file} is not there`;
  if (inTest !== undefined && !file.startsWith('test/')) return `${file} is no test`;
  return readFileSync(join(root, file), 'utf8').includes(wanted) ? undefined : `${file} holds no “${wanted}”`;
}

const requirements = requirementsIn(readFileSync(join(import.meta.dirname, 'ASVS.md'), 'utf8'));

function placeOf({ number }: Requirement): number {
  const [chapter = 0, section = 0, one = 0] = number.slice(1).split('.').map(Number);
  return chapter * 10_000 + section * 100 + one;
}

describe('ASVS', () => {
  test('every requirement names a test, a line, or a deviation with what is done instead, and all are there', () => {
    expect(requirements.length).toBeGreaterThan(120);
    const faults = requirements.map((one) => [one.number, faultOf(one)]).filter(([, fault]) => fault);
    expect(faults).toEqual([]);
  });

  test('each stands once, in order, by a number as the standard has them', () => {
    for (const { number, what } of requirements) {
      expect(number).toMatch(/^V([1-9]|1[0-7])\.\d{1,2}\.\d{1,2}$/);
      expect(what.length).toBeGreaterThan(5);
    }
    const places = requirements.map(placeOf);
    expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
  });

  test('a row that names nothing, a file that is gone, or a text that is gone is found', () => {
    const faulty = [
      '',
      'yes',
      'test/no.test.ts "S01"',
      'test/house.test.ts "no such test"',
      'deviation: so; instead: ',
    ];
    for (const metBy of faulty) expect(faultOf({ number: 'V1.1.1', what: 'x', metBy }), metBy).toBeDefined();
    expect(faultOf({ number: 'V1.1.1', what: 'x', metBy: 'src/nowhere.ts: `x`' })).toBeDefined();
  });
});
