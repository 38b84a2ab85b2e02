import { expect, test } from 'vitest';
import { writeMeta } from '../../src/store/database.ts';
import type { Browser } from '../helpers/browser.ts';
import { addRegistered, ownMail, ownPhone, startReset } from '../helpers/resets.ts';
import { hour, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { sessionsOf } from './house-contents.ts';
import { median } from './timing.ts';

const samples = 500;

/** Two of one kind are the control: what they differ by is what this machine differs by at this moment. */
const kinds = ['twin', 'control', 'unknown'] as const;
type Kind = (typeof kinds)[number];

const steps = ['start', 'ask', 'code'] as const;
type Step = (typeof steps)[number];

/** Posts a form and gives how long the answer took, in milliseconds. */
async function time(browser: Browser, path: string, fields: Record<string, string>): Promise<number> {
  const began = performance.now();
  const answer = await browser.send('post', path, { fields });
  const took = performance.now() - began;
  expect(answer.status, answer.text).toBe(303);
  return took;
}

async function addKinds(house: TestHouse): Promise<void> {
  const wanted = { twin: ownPhone, control: '+31612345677' };
  for (const [name, phone] of Object.entries(wanted))
    await addRegistered(house, name, { phone, mail: `${name}@example.com` });
}

const phones: Record<Kind, string> = {
  twin: ownPhone,
  control: '+31612345677',
  unknown: '+31612345675',
};

/** The token of this browser's forms, made from its cookie: no page is opened for it. */
function tokenOf({ deps }: TestHouse, browser: Browser): string {
  const { tokens } = deps.secrets;
  const nonce = tokens.verify('cookie', decodeURIComponent(browser.cookies.get('visit') ?? ''));
  return tokens.sign('csrf', nonce ?? '');
}

type Times = Record<Step, Record<Kind, number[]>>;

/**
 * One reset of each kind, as far as anybody gets who has no code: step by step, each kind in turn first. The limits are
 * lifted beforehand; what the queue does is done, and on the disk, before the clock runs again.
 */
async function takeSamples(house: TestHouse, browsers: Record<Kind, Browser>, times: Times, turn: number) {
  await house.deps.db.deleteFrom('limits').execute();
  const order = [...kinds.slice(turn), ...kinds.slice(0, turn)];
  for (const step of steps) {
    for (const kind of order) {
      const csrf = tokenOf(house, browsers[kind]);
      const { path, fields } = forms(kind)[step];
      times[step][kind].push(await time(browsers[kind], path, { csrf, ...fields }));
    }
    await house.house.delivery.drain();
    await writeMeta(house.deps.db, 'timing', String(turn));
  }
}

function forms(kind: Kind): Record<Step, { path: string; fields: Record<string, string> }> {
  const phone = '/reset/authentication-phone';
  return {
    start: { path: '/reset', fields: { userName: kind, wish: 'forgot' } },
    ask: { path: phone, fields: { number: phones[kind], channel: 'text' } },
    code: { path: `${phone}/code`, fields: { code: '123456' } },
  };
}

function differ(a: readonly number[], b: readonly number[]): number {
  return Math.abs(median(a) - median(b));
}

test('S38 a reset takes the same time for who can reset and for names that are not there', async () => {
  const house = await openTestHouse();
  await addKinds(house);
  const open = (kind: Kind) => startReset(house, kind);
  const browsers = {
    twin: await open('twin'),
    control: await open('control'),
    unknown: await open('unknown'),
  };
  const none = () => ({ twin: [], control: [], unknown: [] });
  const times: Times = { start: none(), ask: none(), code: none() };
  for (let n = 0; n < samples; n += 1) {
    if (n % 20 === 0) house.wait(hour);
    await takeSamples(house, browsers, times, n % kinds.length);
  }
  const said = steps.map((step) => kinds.map((kind) => median(times[step][kind]).toFixed(2)).join(' '));
  process.stdout.write(`medians of ${samples} (${kinds.join(' ')}), ms: ${said.join(' | ')}\n`);
  for (const step of steps) {
    const { twin, control, unknown } = times[step];
    const allowed = Math.max(0.05 * median(twin), 1, differ(twin, control));
    expect(differ(twin, unknown), step).toBeLessThanOrEqual(allowed);
  }
}, 900_000);

test('the one who is sent a code and the one who is not leave the same rows behind at once', async () => {
  const house = await openTestHouse();
  await addRegistered(house, 'jan');
  house.deps.wakeDelivery = () => {};
  // A first request lets the time since then pass in Redis too: the session of who registered ends by it, not by a reset.
  await house.browser().open('/reset');
  const left = [];
  for (const name of ['jan', 'nobody']) {
    const { db } = house.deps;
    const count = async () =>
      Promise.all(
        (['resets', 'reset_asks', 'messages', 'challenges', 'audit'] as const).map(async (table) => {
          const rows = await db
            .selectFrom(table)
            .select((c) => c.fn.countAll().as('n'))
            .execute();
          return Number(rows[0]?.n);
        }),
      );
    const browser = house.browser();
    const before = [...(await count()), (await sessionsOf(house)).length];
    await startReset(house, name, { browser });
    await browser.open('/reset/authentication-email');
    await browser.post('/reset/authentication-email', { csrf: browser.csrf, address: ownMail });
    const after = [...(await count()), (await sessionsOf(house)).length];
    left.push(after.map((n, index) => n - (before[index] ?? 0)));
  }
  expect(left[0]).toEqual(left[1]);
  expect(left[0]?.[3], 'no challenge before the message is looked at').toBe(0);
});
