import type { Writable } from 'node:stream';
import type { Outgoing, Transport } from './delivery.ts';
import { oneLine, plainText } from './line.ts';

/** Shows every message on a stream, in a frame, so that trying Sparekey needs no phone and no mail server. */
export function makeTerminalTransport(stream: Writable): Transport {
  return {
    async send(message) {
      await write(stream, frame(message));
      return {};
    },
    close: async () => {},
  };
}

function frame(message: Outgoing): string {
  const body = message.channel === 'mail' ? message.text : message.body;
  const lines = [...headings(message), '', ...plainText(body).trimEnd().split('\n')];
  const rule = '─'.repeat(60);
  return `\n┌${rule}\n${lines.map((line) => `│ ${line}`.trimEnd()).join('\n')}\n└${rule}\n`;
}

function headings(message: Outgoing): string[] {
  switch (message.channel) {
    case 'text':
      return [`Text to ${oneLine(message.to)}`];
    case 'call': {
      const extension = message.extension === null ? '' : `, extension ${oneLine(message.extension)}`;
      return [`Call to ${oneLine(message.to)}${extension}`];
    }
    case 'mail':
      return [`Mail to ${oneLine(message.to)}`, `Subject: ${oneLine(message.subject)}`];
  }
}

function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
