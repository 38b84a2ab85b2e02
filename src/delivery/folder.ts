import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../store/schema.ts';
import type { Outgoing, Transport } from './delivery.ts';
import { oneLine, plainText } from './line.ts';

/** Writes every message as one readable file (mode 0600, folder 0700) whose name sorts by time; a file that is there is whole. */
export function makeFolderTransport({ folder, now }: { folder: string; now(): Time }): Transport {
  let count = 0;
  async function publish(draft: string, message: Outgoing): Promise<void> {
    count += 1;
    const time = new Date(now()).toISOString().replaceAll(':', '-');
    const name = `${time}-${String(count).padStart(4, '0')}-${message.channel}.txt`;
    try {
      await link(draft, join(folder, name));
    } catch (error) {
      if (!isTaken(error)) throw error;
      await publish(draft, message);
    }
  }
  return {
    async send(message) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${randomUUID()}`);
      try {
        await writeFile(draft, asFile(message), { flag: 'wx', mode: 0o600 });
        await publish(draft, message);
        return {};
      } finally {
        await rm(draft, { force: true });
      }
    },
    close: async () => {},
  };
}

function asFile(message: Outgoing): string {
  const body = message.channel === 'mail' ? message.text : message.body;
  const headers = headersOf(message).map(([name, value]) => `${name}: ${oneLine(value)}`);
  return `${headers.join('\n')}\n\n${plainText(body).trimEnd()}\n`;
}

function headersOf(message: Outgoing): [string, string][] {
  const common: [string, string][] = [
    ['Channel', message.channel],
    ['To', message.to],
  ];
  if (message.channel === 'mail') return [...common, ['Subject', message.subject]];
  if (message.channel === 'text' || message.extension === null) return common;
  return [...common, ['Extension', message.extension]];
}

/** The name can be taken by an earlier run of the same millisecond, or by another node with the same folder. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
