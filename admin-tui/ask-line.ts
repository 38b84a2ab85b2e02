import { createInterface } from 'node:readline/promises';
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';

/** Ctrl-C at a question. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Asks for lines: typed at a terminal, or the next lines of what is piped in, in which case nothing is shown. */
export interface Asker {
  ask(question: string): Promise<string>;
  /** As `ask`, without showing what is typed. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** Makes the asker of a process; questions go to the messages, never to the data. */
export function makeAsker(stdin: NodeJS.ReadStream, stderr: NodeJS.WriteStream): Asker {
  return stdin.isTTY ? askAtTerminal(stdin, stderr) : readPiped(stdin);
}

function askAtTerminal(stdin: ReadStream, stderr: NodeJS.WriteStream): Asker {
  return {
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr, terminal: true });
      const stopped = new Promise<never>((_, reject) =>
        lines.once('SIGINT', () => reject(new Interrupted())),
      );
      try {
        return await Promise.race([lines.question(`${question} `), stopped]);
      } finally {
        lines.close();
      }
    },
    async askSecret(question) {
      const typed = readUnseen(stdin);
      stderr.write(`${question} `);
      try {
        return await typed;
      } finally {
        stderr.write('\n');
      }
    },
    close: () => stdin.pause(),
  };
}

/** What one key does to a line that is not shown. */
function afterKey(line: string, key: string): string {
  if (key === '\u007f' || key === '\b') return Array.from(line).slice(0, -1).join('');
  if (key === '\u0015') return '';
  return key < ' ' ? line : line + key;
}

function readUnseen(stdin: ReadStream): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let line = '';
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise<string>((resolve, reject) => {
    const done = (settle: () => void) => {
      stdin.off('data', read);
      stdin.setRawMode(false);
      stdin.pause();
      settle();
    };
    const read = (chunk: Buffer | string) => {
      for (const key of typeof chunk === 'string' ? chunk : decoder.write(chunk)) {
        if (key === '\u0003') return done(() => reject(new Interrupted()));
        if (key === '\r' || key === '\n' || key === '\u0004') return done(() => resolve(line));
        line = afterKey(line, key);
      }
    };
    stdin.on('data', read);
  });
}

function readPiped(stdin: NodeJS.ReadStream): Asker {
  const lines = createInterface({ input: stdin });
  const each = lines[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await each.next();
    return done ? '' : value;
  };
  return { ask: next, askSecret: next, close: () => lines.close() };
}
