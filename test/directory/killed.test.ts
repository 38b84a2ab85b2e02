import { expect, onTestFinished, test } from 'vitest';
import { startLine } from '../helpers/line.ts';
import { needs } from '../helpers/needs.ts';
import { sambaPrograms, startSamba } from '../helpers/samba.ts';
import { slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { openTestHouse } from '../helpers/test-house.ts';
import { type Killed, killAtEachMoment } from './killed.ts';

async function open(directory: Awaited<ReturnType<typeof startSlapd | typeof startSamba>>): Promise<Killed> {
  onTestFinished(directory.close);
  const { hostname, port } = new URL(directory.tlsUrl);
  const line = await startLine({ host: hostname, port: Number(port || 636) });
  onTestFinished(line.close);
  const house = await openTestHouse({ env: { ...directory.env, DIRECTORY_URL: line.url } });
  return {
    house,
    line,
    addPerson: directory.addPerson,
    lets: directory.lets,
    kill: () => directory.stop('SIGKILL'),
    start: directory.start,
  };
}

async function tell(own: Killed): Promise<void> {
  const lost = await killAtEachMoment(own, 'lost');
  // What never arrived changed nothing, and was not called done.
  expect(lost.length).toBeGreaterThan(1);
  for (const one of lost) expect(one).toEqual({ told: 'away', isReset: false });
  const unanswered = await killAtEachMoment(own, 'unanswered');
  expect(unanswered).toHaveLength(lost.length);
  // The last piece is the write itself: it was done, though nobody heard of it.
  expect(unanswered.at(-1)).toEqual({ told: 'away', isReset: true });
}

needs(...slapdPrograms)('OpenLDAP killed at each moment of a reset', () => {
  test('S15 S16 what works afterwards, the audit, the sessions and the mail agree with what was told', async () => {
    await tell(await open(await startSlapd()));
  }, 120_000);
});

needs(...sambaPrograms)('a domain controller killed at each moment of a reset', () => {
  test('S15 S16 what works afterwards, the audit, the sessions and the mail agree with what was told', async () => {
    await tell(await open(await startSamba()));
  }, 300_000);
});
