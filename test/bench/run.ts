import { benchAdmin } from './admin.ts';
import { benchDirectory } from './directory.ts';
import { brokenOf, type Figure, tableOfFigures } from './figures.ts';
import { benchImport } from './import.ts';
import { benchLoad } from './load.ts';
import { benchStart } from './start.ts';
import { benchChallenges, benchPages, benchSignIn, benchVerify } from './web.ts';

const write = (text: string) => void process.stdout.write(text);

/** Prints figures and gives the names of those that did not keep to their limits. */
async function told(figures: Promise<Figure[]>): Promise<string[]> {
  const found = await figures;
  write(tableOfFigures(found));
  return brokenOf(found);
}

/** A bench measures, prints a table, and gives the promises that were not kept; some take numbers of people. */
const benches: Record<string, (sizes: readonly number[]) => Promise<string[]>> = {
  pages: () => told(benchPages()),
  'sign-in': () => told(benchSignIn()),
  verify: () => told(benchVerify()),
  challenges: ([count]) => told(benchChallenges(count)),
  start: () => told(benchStart()),
  admin: (sizes) => benchAdmin(sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000], write),
  import: (sizes) => told(benchImport(sizes.length > 0 ? sizes : [100_000])),
  load: () => benchLoad(write),
  directory: ([entries = 100_000]) => told(benchDirectory(entries)),
};

/** Without a name all of them run, these at sizes that take minutes. */
const moderate: Record<string, readonly number[]> = {
  challenges: [100_000],
  admin: [10_000, 100_000],
  import: [10_000],
};

const usage = `Usage: npm run bench [-- ${Object.keys(benches).join('|')} [NUMBER OF PEOPLE …]]\n`;

async function runAll(): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    write(`\n${name}\n`);
    broken.push(...(await bench(moderate[name] ?? [])));
  }
  return broken;
}

/** `npm run bench -- admin 10000 100000 1000000` */
async function main([name, ...typed]: string[]): Promise<number> {
  const sizes = typed.map(Number);
  const bench = name === undefined ? runAll : benches[name];
  if (!bench || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
    process.stderr.write(usage);
    return 2;
  }
  const broken = await bench(sizes);
  for (const promise of broken) process.stderr.write(`too slow: ${promise}\n`);
  return broken.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
