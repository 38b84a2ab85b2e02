import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { run } from '../helpers/processes.ts';
import { type Slapd, startSlapd } from '../helpers/slapd.ts';
import type { Figure } from './figures.ts';

/** How many times as long as `ldapsearch` the first look at everybody may take: it seals, audits and stores each. */
const slowest = 25;
/** How much more memory all of them may hold than a quarter of them. */
const mostHeld = 1.1;
/** Megabytes that the process may take beyond what the house takes at rest, however many they are. */
const mostMore = 400;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The same people, pages and attributes, read by OpenLDAP's own client. */
function ldapsearch({ tlsUrl, caFile, people, service }: Slapd): Promise<string> {
  const names = 'uid mail entryUUID cn telephoneNumber mobile memberOf pwdAccountLockedTime';
  const as = ['-D', service.dn, '-w', service.password];
  return run('env', [
    ...[`LDAPTLS_CACERT=${caFile}`, 'ldapsearch', '-LLL', '-x', '-H', tlsUrl, '-b', people, ...as],
    ...['-E', 'pr=500/noprompt', '(objectClass=inetOrgPerson)', ...names.split(' ')],
  ]);
}

const saidSchema = z.object({
  result: z.literal('done'),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  seconds: z.number(),
  rest: z.number(),
  peak: z.number(),
  held: z.number(),
});

/** Follows in a process of its own. */
async function follow(slapd: Slapd, folder: string, way: 'whole' | 'changed') {
  const child = fileURLToPath(new URL('directory-process.ts', import.meta.url));
  const env = Object.entries({ ...slapd.env, DATA_DIR: join(folder, 'data') });
  const set = env.map(([name, value]) => `${name}=${value}`);
  const said = await run('env', [...set, process.execPath, '--expose-gc', child, way]);
  return saidSchema.parse(JSON.parse(said));
}

function mustBe(what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${what}: ${found} people, not ${wanted}.`);
}

async function followed(entries: number) {
  const slapd = await startSlapd({ entries });
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  try {
    const searched = await timed(() => ldapsearch(slapd));
    const first = await follow(slapd, folder, 'whole');
    mustBe('added', first.added, entries);
    const again = await follow(slapd, folder, 'whole');
    mustBe('once more', again.same, entries);
    const changed = await follow(slapd, folder, 'changed');
    mustBe('changed', changed.same + changed.changed, 0);
    return { searched, first, again, changed };
  } finally {
    await slapd.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Follows a directory of so many people beside reading it with `ldapsearch`: rates, their ratio, and that memory does not grow with them. */
export async function benchDirectory(entries: number): Promise<Figure[]> {
  const few = await followed(Math.ceil(entries / 4));
  const { searched, first, again, changed } = await followed(entries);
  const times = (seconds: number) => ({ value: seconds / searched, unit: 'times ldapsearch' });
  const rate = (seconds: number) => ({ value: entries / seconds, unit: 'a second' });
  return [
    { name: `ldapsearch of ${entries}`, ...rate(searched) },
    { name: 'first synchronisation', ...rate(first.seconds) },
    { name: 'first synchronisation', ...times(first.seconds), limit: { at: 'most', value: slowest } },
    { name: 'everybody once more', ...times(again.seconds) },
    { name: 'what changed, which is nothing', ...times(changed.seconds) },
    {
      name: 'memory while synchronising',
      value: first.peak - first.rest,
      unit: 'MB more',
      limit: { at: 'most', value: mostMore },
    },
    { name: 'the same with a quarter of them', value: few.first.peak - few.first.rest, unit: 'MB more' },
    {
      name: 'memory held, against a quarter of them',
      value: first.held / few.first.held,
      unit: 'times',
      limit: { at: 'most', value: mostHeld },
    },
  ];
}
