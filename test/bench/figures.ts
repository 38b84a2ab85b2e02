import { tableOf } from './measure.ts';

/** What was measured, and what it may be; without a limit it is only told. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  limit?: { at: 'least' | 'most'; value: number };
}

function isKept({ value, limit }: Figure): boolean {
  if (!limit) return true;
  return limit.at === 'least' ? value >= limit.value : value <= limit.value;
}

function written(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

/** Writes figures as a table, each beside its limit. */
export function tableOfFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, limit } = figure;
    const told = limit ? `at ${limit.at} ${written(limit.value)}` : '';
    return [name, `${written(value)} ${unit}`.trim(), told, isKept(figure) ? '' : 'TOO SLOW'];
  });
  return tableOf([['what', 'measured', 'limit', ''], ...rows]);
}

/** Names what did not keep to its limit. */
export function brokenOf(figures: readonly Figure[]): string[] {
  return figures.filter((figure) => !isKept(figure)).map(({ name }) => name);
}

/** The middle one of several. */
export function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** The value that so large a part of them does not exceed. */
export function quantileOf(numbers: readonly number[], part: number): number {
  return numbers.toSorted((one, other) => one - other)[Math.ceil(numbers.length * part) - 1] ?? 0;
}
