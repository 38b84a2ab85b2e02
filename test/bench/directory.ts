import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { readConfig } from '../../src/config/config.ts';
import { openHouse } from '../../src/house.ts';
import { synchronise } from '../../src/synchronisation/synchronise.ts';
import { run } from '../helpers/processes.ts';
import { type Slapd, startSlapd } from '../helpers/slapd.ts';

const megabyte = 1024 * 1024;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The same people, pages and attributes, read by OpenLDAP's own client. */
function ldapsearch({ tlsUrl, caFile, people, service }: Slapd): Promise<string> {
  const asked = [
    'uid',
    'mail',
    'entryUUID',
    'cn',
    'telephoneNumber',
    'mobile',
    'memberOf',
    'pwdAccountLockedTime',
  ];
  return run('env', [
    ...[`LDAPTLS_CACERT=${caFile}`, 'ldapsearch', '-LLL', '-x', '-H', tlsUrl, '-b', people],
    ...[
      '-D',
      service.dn,
      '-w',
      service.password,
      '-E',
      'pr=500/noprompt',
      '(objectClass=inetOrgPerson)',
      ...asked,
    ],
  ]);
}

/** Follows a directory of so many people beside reading it with `ldapsearch`, and tells rates, their ratio and memory. */
export async function benchDirectory(entries: number): Promise<string> {
  const slapd = await startSlapd({ entries });
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
  const config = readConfig({ DATA_DIR: join(folder, 'data'), ...slapd.env });
  const house = await openHouse(config, { now: Date.now, terminal: sink, log: pino({ level: 'silent' }) });
  const memory = { start: process.memoryUsage.rss(), peak: 0 };
  const look = (whole: boolean) =>
    synchronise(house.deps, {
      whole,
      stop: new AbortController().signal,
      onProgress: () => {
        memory.peak = Math.max(memory.peak, process.memoryUsage.rss());
      },
    });
  try {
    const searched = await timed(() => ldapsearch(slapd));
    const first = await timed(() => look(true));
    const again = await timed(() => look(true));
    const line = (name: string, seconds: number) =>
      `${name}: ${seconds.toFixed(1)} s, ${Math.round(entries / seconds)} a second, ${(seconds / searched).toFixed(1)} times ldapsearch\n`;
    return [
      `${entries} people\n`,
      line('ldapsearch', searched),
      line('first synchronisation', first),
      line('once more, nothing changed', again),
      `memory: ${Math.round(memory.start / megabyte)} MB before, ${Math.round(memory.peak / megabyte)} MB at most\n`,
    ].join('');
  } finally {
    await house.close();
    await slapd.close();
    await rm(folder, { recursive: true, force: true });
  }
}
