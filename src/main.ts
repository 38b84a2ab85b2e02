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

/** When whoever reads the output has seen enough (`| head`), a command is done; a server goes on without being read. */
function leaveUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  if (words.length > 0 && words[0] !== 'start') process.exit();
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', leaveUnread);
try {
  process.exitCode = await main(words);
} catch (error) {
  const { explain } = await import('./commands/explain.ts');
  const [name = 'start'] = words;
  say(`Sparekey cannot ${name === 'start' ? name : `finish “${name}”`}. ${explain(error)}`);
  process.exit(1);
}
