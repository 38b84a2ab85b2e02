import { benchAdmin } from './admin.ts';
import { benchImport, type ImportFigures } from './import.ts';
import { tableOf } from './measure.ts';

const write = (text: string) => void process.stdout.write(text);

const usage = 'Usage: npm run bench -- admin|import [NUMBER OF PEOPLE …]\n';

function importTable(figures: readonly ImportFigures[]): string {
  const names = Object.keys(figures[0] ?? {});
  const rows = figures.map((one) => Object.values(one).map((value) => String(Math.round(value * 100) / 100)));
  return tableOf([names, ...rows]);
}

/** Measures, prints a table, and gives the promises that were not kept. */
async function run(name: string | undefined, sizes: readonly number[]): Promise<string[] | undefined> {
  switch (name) {
    case 'admin':
      return benchAdmin(sizes, write);
    case 'import':
      write(importTable(await benchImport(sizes)));
      return [];
    default:
      return undefined;
  }
}

/** `npm run bench -- admin [10000 100000 1000000]` */
async function main([name, ...typed]: string[]): Promise<number> {
  const sizes = typed.length > 0 ? typed.map(Number) : [10_000, 100_000, 1_000_000];
  const isUsable = sizes.every((size) => Number.isInteger(size) && size > 0);
  const broken = isUsable ? await run(name, sizes) : undefined;
  if (!broken) {
    process.stderr.write(usage);
    return 2;
  }
  for (const promise of broken) process.stderr.write(`too slow: ${promise}\n`);
  return broken.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
