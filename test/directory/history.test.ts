import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { playController } from '../helpers/played-controller.ts';
import { openTestHouse } from '../helpers/test-house.ts';
import { lookAt } from './look-at.ts';

const hints = '1.2.840.113556.1.4.2239';
const hintsBefore = '1.2.840.113556.1.4.2066';

/** Critical, and the value SEQUENCE { INTEGER 1 } in an octet string (MS-ADTS 3.1.1.3.4.1.27). */
const asked = '0101ff04053003020101';

async function play(lists: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const controller = await playController(folder, { lists });
  onTestFinished(controller.close);
  return controller;
}

async function reset(env: Record<string, string>) {
  const house = await openTestHouse({ env });
  const next = await house.deps.directory.preparePassword('jan', 'zeven vogels zingen');
  return house.deps.directory.setPassword('jan', next);
}

test.each([
  ['the control of today', [hintsBefore, hints], hints],
  ['the one before it', [hintsBefore], hintsBefore],
])('a reset asks a controller to hold the history of passwords: %s', async (_name, lists, oid) => {
  const controller = await play(lists);
  expect(await reset(controller.env)).toBe('refused-used-before');
  expect(controller.modifications).toEqual([{ oid, rest: asked }]);
  expect((await lookAt(controller.env)).join('')).toContain('A reset keeps to the history of passwords');
});

test('a controller that does not list the control is not sent it, and the doctor says what that means', async () => {
  const controller = await play(['1.2.840.113556.1.4.319']);
  expect(await reset(controller.env)).toBe('set');
  expect(controller.modifications).toEqual([]);
  expect((await lookAt(controller.env)).join('')).toContain('a reset can bring an earlier password back');
});
