import { commands, usage } from './commands/commands.ts';

const out = process.stdout;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Does what the words behind `sparekey` ask: without any, the server starts. */
async function main([name = 'start', ...args]: readonly string[]): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) {
    out.write(`${usage()}\n`);
    return 0;
  }
  const listed = commands.get(name);
  if (!listed) {
    say(`Sparekey knows no command “${name}”. sparekey --help names them all.`);
    return 2;
  }
  const command = await listed.load();
  return command({ args, now: Date.now, out, say });
}

const words = process.argv.slice(2);
try {
  process.exitCode = await main(words);
} catch (error) {
  const { explain } = await import('./commands/explain.ts');
  const [name = 'start'] = words;
  say(`Sparekey cannot ${name === 'start' ? name : `finish “${name}”`}. ${explain(error)}`);
  process.exit(1);
}
