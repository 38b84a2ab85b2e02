import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type TLSSocket } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';
import { makeCertificate } from './certificate.ts';

const operations = { bind: 0x60, unbind: 0x42, search: 0x63, modify: 0x66 };
const answers = { bind: 0x61, entry: 0x64, searched: 0x65, modified: 0x67 };

type Attributes = Record<string, (string | Buffer)[]>;

/** A person as the played controller has it. */
const person: Attributes = {
  sAMAccountName: ['jan'],
  displayName: ['Jan'],
  objectGUID: [Buffer.from('00112233445566778899aabbccddeeff', 'hex')],
  userAccountControl: ['512'],
  pwdLastSet: ['130000000000000000'],
  badPwdCount: ['0'],
};
const domain: Attributes = { minPwdLength: ['8'], pwdProperties: ['0'], minPwdAge: ['0'] };

function writeMessage(id: number, tag: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(tag);
  write(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}

const result = (code: number, text: string) => (writer: BerWriter) => {
  writer.writeEnumeration(code);
  writer.writeString('');
  writer.writeString(text);
};

const entry = (dn: string, attributes: Attributes) => (writer: BerWriter) => {
  writer.writeString(dn);
  writer.startSequence();
  for (const [name, values] of Object.entries(attributes)) {
    writer.startSequence();
    writer.writeString(name);
    writer.startSequence(0x31);
    for (const value of values) writer.writeBuffer(Buffer.from(value), 0x04);
    writer.endSequence();
    writer.endSequence();
  }
  writer.endSequence();
};

/** What a modification carried along as controls, in bytes. */
function controlsIn(message: Buffer, oid: string): string | null {
  const at = message.indexOf(oid);
  return at < 0 ? null : message.subarray(at + oid.length).toString('hex');
}

/**
 * Plays as much of a domain controller of Windows as a reset needs: it lists controls that Samba does not know, holds
 * history against a reset that brings the right one, and keeps what came with each modification.
 */
export async function playController(folder: string, { lists }: { lists: readonly string[] }) {
  const { cert, key } = makeCertificate();
  const caFile = `${folder}/controller.pem`;
  await writeFile(caFile, cert);
  const suffix = 'DC=example,DC=org';
  const dn = `CN=jan,OU=People,${suffix}`;
  const modifications: { oid: string; rest: string }[] = [];
  const root: Attributes = { defaultNamingContext: [suffix], supportedControl: [...lists] };

  function answerSearch(id: number, base: string): Buffer[] {
    const found = base === '' ? root : base === suffix ? domain : person;
    return [
      writeMessage(id, answers.entry, entry(found === person ? dn : base, found)),
      writeMessage(id, answers.searched, result(0, '')),
    ];
  }

  function answerModify(id: number, message: Buffer): Buffer {
    const oid = lists.find((one) => controlsIn(message, one) !== null);
    if (oid === undefined) return writeMessage(id, answers.modified, result(0, ''));
    modifications.push({ oid, rest: controlsIn(message, oid) ?? '' });
    const text =
      '0000052D: Constraint violation - check_password_restrictions: the password was already used';
    return writeMessage(id, answers.modified, result(19, text));
  }

  function answer(socket: TLSSocket, message: Buffer): void {
    const reader = new BerReader(message);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const operation = reader.readSequence();
    if (operation === operations.bind) socket.write(writeMessage(id, answers.bind, result(0, '')));
    if (operation === operations.search)
      for (const one of answerSearch(id, reader.readString() ?? '')) socket.write(one);
    if (operation === operations.modify) socket.write(answerModify(id, message));
  }

  const server = createServer({ cert, key }, (socket) => {
    socket.on('error', () => {});
    // The house asks one thing at a time on a line, in messages smaller than a piece.
    socket.on('data', (message) => answer(socket, Buffer.from(message)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    modifications,
    env: {
      DIRECTORY_KIND: 'active-directory',
      DIRECTORY_URL: `ldaps://127.0.0.1:${address.port}`,
      DIRECTORY_BASE: `OU=People,${suffix}`,
      DIRECTORY_BIND_DN: `CN=sparekey,${suffix}`,
      DIRECTORY_PASSWORD: 'service',
      DIRECTORY_CA_FILE: caFile,
    },
    async close(): Promise<void> {
      server.close();
    },
  };
}
