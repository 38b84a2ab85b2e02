import { benchAdmin } from './admin.ts';

const write = (text: string) => void process.stdout.write(text);

/** `npm run bench -- admin [10000 100000 1000000]`: measures, prints a table, and fails when a promise is not kept. */
async function main([name, ...typed]: string[]): Promise<number> {
  const sizes = typed.length > 0 ? typed.map(Number) : [10_000, 100_000, 1_000_000];
  if (name !== 'admin' || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    process.stderr.write('Usage: npm run bench -- admin [NUMBER OF PEOPLE …]\n');
    return 2;
  }
  const broken = await benchAdmin(sizes, write);
  for (const promise of broken) process.stderr.write(`too slow: ${promise}\n`);
  return broken.length > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
