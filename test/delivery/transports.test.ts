import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outgoing } from '../../src/delivery/delivery.ts';
import { makeFolderTransport } from '../../src/delivery/folder.ts';
import { makeTerminalTransport } from '../../src/delivery/terminal.ts';
import { closeTransports, makeTransports } from '../../src/delivery/transports.ts';

const now = () => Date.UTC(2026, 10, 22, 19, 31, 35, 123);
const text: Outgoing = { channel: 'text', to: '+31612345678', body: '482 913 is uw code voor Zoë & Co.' };
const call: Outgoing = {
  channel: 'call',
  to: '+31201234567',
  extension: '204',
  language: 'nl',
  body: 'Uw code is: 4, 8.',
};
const about = { messageId: 'm1' };
const mail: Outgoing = {
  channel: 'mail',
  to: 'anna@example.com',
  toName: null,
  fromName: 'Voorbeeld',
  subject: 'Uw code\r\nBcc: x@example.com',
  text: 'Uw code\n\n482 913\n',
  html: '<p>482 913</p>',
};

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sparekey-delivery-'));
});
afterEach(() => rm(base, { recursive: true }));

function makeScreen() {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream, read: () => written.join('') };
}

test('a folder gets one readable file per message, in order, for its owner only', async () => {
  const folder = join(base, 'new', 'messages');
  const transport = makeFolderTransport({ folder, now });
  for (const message of [text, call, mail]) await transport.send(message, about);
  const names = (await readdir(folder)).sort();
  expect(names).toEqual([
    '2026-11-22T19-31-35.123Z-0001-text.txt',
    '2026-11-22T19-31-35.123Z-0002-call.txt',
    '2026-11-22T19-31-35.123Z-0003-mail.txt',
  ]);
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(files).toEqual([
    'Channel: text\nTo: +31612345678\n\n482 913 is uw code voor Zoë & Co.\n',
    'Channel: call\nTo: +31201234567\nExtension: 204\n\nUw code is: 4, 8.\n',
    'Channel: mail\nTo: anna@example.com\nSubject: Uw code Bcc: x@example.com\n\nUw code\n\n482 913\n',
  ]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
});

test('a folder that already holds messages of the same millisecond loses none', async () => {
  for (let run = 0; run < 3; run += 1) await makeFolderTransport({ folder: base, now }).send(text, about);
  expect(await readdir(base)).toHaveLength(3);
});

test('the terminal shows each message in a frame, without its control characters', async () => {
  const screen = makeScreen();
  const transport = makeTerminalTransport(screen.stream);
  for (const message of [{ ...text, body: 'Hallo\u001b[2J' }, call, mail])
    await transport.send(message, about);
  const shown = screen.read();
  expect(shown).toContain('│ Text to +31612345678\n│\n│ Hallo [2J\n└');
  expect(shown).toContain('│ Call to +31201234567, extension 204\n');
  expect(shown).toContain(
    '│ Mail to anna@example.com\n│ Subject: Uw code Bcc: x@example.com\n│\n│ Uw code\n│\n│ 482 913\n└',
  );
  expect(shown).not.toContain('\u001b');
});

test('what carries what follows the configuration', async () => {
  const screen = makeScreen();
  const outside = { now, terminal: screen.stream };
  const ways = { mailFrom: 'sparekey@example.org', dkim: undefined, textGateways: [], callGateways: [] };
  const smtp = { ...ways, smtpUrl: 'smtp://127.0.0.1:2525' };
  const none = { ...ways, smtpUrl: undefined };
  const shown = makeTransports({ delivery: { kind: 'terminal' }, ...none }, outside);
  expect(Object.keys(shown).sort()).toEqual(['call', 'mail', 'text']);
  const mixed = makeTransports({ delivery: { kind: 'folder', path: base }, ...smtp }, outside);
  expect(Object.keys(mixed).sort()).toEqual(['call', 'mail', 'text']);
  expect(mixed.mail).not.toBe(mixed.text);
  const live = makeTransports({ delivery: { kind: 'live' }, ...smtp }, outside);
  expect(Object.keys(live)).toEqual(['mail']);
  expect(makeTransports({ delivery: { kind: 'live' }, ...none }, outside)).toEqual({});
  const gateways = { textGateways: ['smpp://a:b@127.0.0.1'], callGateways: ['https://calls.example.org'] };
  const phones = makeTransports({ delivery: { kind: 'live' }, ...none, ...gateways }, outside);
  expect(Object.keys(phones).sort()).toEqual(['call', 'text']);
  for (const transports of [shown, mixed, live, phones]) await closeTransports(transports);
});
