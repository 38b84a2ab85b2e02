import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Outgoing, SendFailed } from '../../src/delivery/delivery.ts';
import { leaseLength } from '../../src/delivery/lease.ts';
import { countMessages } from '../../src/delivery/queue.ts';
import { readTally } from '../../src/delivery/tally.ts';
import { type House, makeHouse, minute, playTransport, start } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await makeHouse();
});
afterEach(() => house.close());

const refuse = (permanent: boolean) => async () => {
  throw new SendFailed('SMTP RCPT TO 550', permanent);
};

/** A gateway that has taken a message and does not answer until the test says how. */
function holdTransport() {
  const transport = playTransport();
  const taken = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  transport.answer = () => {
    taken.resolve();
    return answer.promise;
  };
  return {
    transport,
    taken: taken.promise,
    end: (failure: SendFailed | null) => (failure ? answer.reject(failure) : answer.resolve()),
  };
}

test('a code goes out to the destination of its challenge and the message is finished', async () => {
  const code = await house.requestCode('c1', 'text');
  const gateway = playTransport();
  await house.makeWorker({ text: gateway }).drain();
  const grouped = `${code.slice(0, 3)} ${code.slice(3)}`;
  expect(gateway.taken).toEqual([
    {
      channel: 'text',
      to: '+31612345678',
      body: `${grouped} is uw code voor Voorbeeld BV. Geldig tot 19:32. Geef deze code aan niemand.`,
    },
  ]);
  expect(await house.readMessages()).toMatchObject([
    { state: 'sent', finished_at: start, lease_until: null, content: null, failure: null, attempts: 1 },
  ]);
});

test('the challenge is marked as sent, and committed, before the gateway has the code', async () => {
  await house.requestCode('c1', 'text');
  const gateway = playTransport();
  const seen: (number | null)[] = [];
  gateway.answer = async () => {
    seen.push((await house.readChallenge('c1')).sent_at);
  };
  await house.makeWorker({ text: gateway }).drain();
  expect(seen).toEqual([start]);
});

test('the moment a code was first sent stays when it is sent again', async () => {
  const code = await house.requestCode('c1', 'text');
  const gateway = playTransport();
  const worker = house.makeWorker({ text: gateway });
  await worker.drain();
  house.clock.time += minute;
  await house.enqueue('c1', 'text');
  await worker.drain();
  expect(gateway.taken).toHaveLength(2);
  expect(gateway.taken.every((message) => JSON.stringify(message).includes(code.slice(3)))).toBe(true);
  expect((await house.readChallenge('c1')).sent_at).toBe(start);
});

test('a notice waits sealed and is wiped once it is sent', async () => {
  await house.notify({ channel: 'text', address: '+31687654321' });
  const [waiting] = await house.readMessages();
  expect(waiting?.content).toMatch(/^1\./);
  expect(JSON.stringify(waiting)).not.toContain('31687654321');
  const gateway = playTransport();
  await house.makeWorker({ text: gateway }).drain();
  expect(gateway.taken).toMatchObject([{ channel: 'text', to: '+31687654321' }]);
  expect(await house.readMessages()).toMatchObject([{ state: 'sent', content: null }]);
});

test('a code whose challenge has ended, run out or gone is dropped, and counted', async () => {
  await house.requestCode('used', 'text');
  await house.requestCode('gone', 'text');
  await house.requestCode('late', 'text');
  await house.db
    .updateTable('challenges')
    .set({ ended_at: start, ended_as: 'used' })
    .where('id', '=', 'used')
    .execute();
  await house.db.deleteFrom('challenges').where('id', '=', 'gone').execute();
  await house.db.updateTable('challenges').set({ expires_at: start }).where('id', '=', 'late').execute();
  const gateway = playTransport();
  await house.makeWorker({ text: gateway }).drain();
  expect(gateway.taken).toEqual([]);
  expect(await countMessages(house.db)).toEqual({ dropped: 3 });
  expect((await house.readChallenge('late')).sent_at).toBeNull();
  expect(house.givenUp).toEqual([]);
});

test('a refusal for now is tried again after 5, 15 and 45 seconds', async () => {
  await house.notify({ channel: 'text', address: '+31687654321' });
  const gateway = playTransport();
  gateway.answer = refuse(false);
  const worker = house.makeWorker({ text: gateway });
  for (const wait of [5_000, 15_000, 45_000]) {
    const before = house.clock.time;
    await worker.drain();
    expect(await house.readMessages()).toMatchObject([
      { state: 'waiting', due_at: before + wait, lease_until: null },
    ]);
    house.clock.time = before + wait;
  }
  gateway.answer = async () => {};
  await worker.drain();
  expect(gateway.taken).toHaveLength(1);
  expect(await house.readMessages()).toMatchObject([{ state: 'sent', attempts: 4, failure: null }]);
});

test('the waits between tries stop growing: at 10 minutes, for a code at 1 minute', async () => {
  await house.notify({ channel: 'text', address: '+31687654321' });
  await house.requestCode('c1', 'text');
  await house.db.updateTable('messages').set({ attempts: 30 }).execute();
  const gateway = playTransport();
  gateway.answer = refuse(false);
  await house.makeWorker({ text: gateway }).drain();
  const waits = (await house.readMessages()).map(({ kind, due_at }) => [kind, due_at - start]);
  expect(Object.fromEntries(waits)).toEqual({ code: minute, 'method-changed': 10 * minute });
});

test('a notice nobody takes for three days is given up', async () => {
  await house.notify({ channel: 'text', address: '+31687654321' });
  const gateway = playTransport();
  gateway.answer = refuse(false);
  const worker = house.makeWorker({ text: gateway });
  house.clock.time += 3 * 24 * 60 * minute;
  await worker.drain();
  expect(house.givenUp).toMatchObject([{ personId: 'anna', kind: 'method-changed', challengeId: null }]);
  expect(await house.readMessages()).toMatchObject([{ state: 'given-up', content: null }]);
});

test('S04 a code that is refused for good ends its challenge as given up and never sent', async () => {
  await house.requestCode('c1', 'mail');
  const gateway = playTransport();
  gateway.answer = refuse(true);
  await house.makeWorker({ mail: gateway }).drain();
  expect(await house.readMessages()).toMatchObject([
    { state: 'given-up', failure: 'SMTP RCPT TO 550', finished_at: start },
  ]);
  expect(await house.readChallenge('c1')).toMatchObject({
    sent_at: null,
    ended_at: start,
    ended_as: 'given-up',
  });
  expect(house.givenUp).toMatchObject([
    { challengeId: 'c1', channel: 'mail', kind: 'code', reason: 'SMTP RCPT TO 550' },
  ]);
});

test('S04 a code that could not be sent until it ran out is given up', async () => {
  await house.requestCode('c1', 'mail');
  const gateway = playTransport();
  gateway.answer = refuse(false);
  const worker = house.makeWorker({ mail: gateway });
  await worker.drain();
  house.clock.time += 10 * minute;
  await worker.drain();
  expect(await countMessages(house.db)).toEqual({ 'given-up': 1 });
  expect(await house.readChallenge('c1')).toMatchObject({ sent_at: null, ended_as: 'given-up' });
  expect(house.givenUp).toHaveLength(1);
});

test('a code that arrived stays good when sending it again is refused', async () => {
  await house.requestCode('c1', 'mail');
  const gateway = playTransport();
  const worker = house.makeWorker({ mail: gateway });
  await worker.drain();
  await house.enqueue('c1', 'mail');
  gateway.answer = refuse(true);
  await worker.drain();
  expect(await house.readChallenge('c1')).toMatchObject({ sent_at: start, ended_at: null });
  expect(house.givenUp).toHaveLength(1);
});

test('a message is given up only together with what the house remembers of it', async () => {
  await house.requestCode('c1', 'mail');
  const gateway = playTransport();
  gateway.answer = refuse(true);
  const onGivenUp = async () => {
    throw new Error('no audit today');
  };
  const worker = house.makeWorker({ mail: gateway }, { onGivenUp });
  await worker.drain();
  await worker.stop();
  expect(await house.readMessages()).toMatchObject([{ state: 'waiting' }]);
  expect((await house.readChallenge('c1')).ended_at).toBeNull();
});

test('a channel that nothing carries is given up with the reason', async () => {
  await house.requestCode('c1', 'call');
  await house.makeWorker({}).drain();
  expect(house.givenUp).toMatchObject([{ reason: 'nothing carries a call here' }]);
});

test('what a crashed worker had taken is sent by another once the lease has run out, and settled once', async () => {
  await house.requestCode('c1', 'text');
  const stuck = playTransport();
  const { promise: crash, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: taken, resolve: tellTaken } = Promise.withResolvers<void>();
  stuck.answer = () => {
    tellTaken();
    return crash;
  };
  const crashed = house.makeWorker({ text: stuck });
  const draining = crashed.drain();
  await taken;
  const gateway = playTransport();
  const other = house.makeWorker({ text: gateway });
  house.clock.time = start + leaseLength - 1;
  await other.drain();
  expect(gateway.taken).toHaveLength(0);
  house.clock.time = start + leaseLength;
  await other.drain();
  expect(gateway.taken).toHaveLength(1);
  house.clock.time += minute;
  goOn();
  await draining;
  expect(await house.readMessages()).toMatchObject([
    { state: 'sent', attempts: 2, finished_at: start + leaseLength },
  ]);
});

test('a worker that comes back after its lease ran out changes nothing for the one that has the message now', async () => {
  await house.requestCode('c1', 'text');
  const [lateHands, freshHands] = [holdTransport(), holdTransport()];
  const late = house.makeWorker({ text: lateHands.transport }).drain();
  await lateHands.taken;
  house.clock.time += leaseLength;
  const fresh = house.makeWorker({ text: freshHands.transport }).drain();
  await freshHands.taken;
  lateHands.end(new SendFailed('SMTP RCPT TO 550', true));
  await late;
  expect(await house.readMessages()).toMatchObject([
    { state: 'waiting', lease_until: start + 2 * leaseLength },
  ]);
  expect(house.givenUp).toEqual([]);
  freshHands.end(null);
  await fresh;
  expect(await countMessages(house.db)).toEqual({ sent: 1 });
});

test('two workers share the queue and send nothing twice', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `c${index}`);
  for (const id of ids) await house.requestCode(id, 'text');
  const [one, two] = [playTransport(), playTransport()];
  await Promise.all([house.makeWorker({ text: one }).drain(), house.makeWorker({ text: two }).drain()]);
  expect(one.taken.length + two.taken.length).toBe(40);
  expect(one.taken.length).toBeGreaterThan(0);
  expect(two.taken.length).toBeGreaterThan(0);
  expect(await countMessages(house.db)).toEqual({ sent: 40 });
});

test('one slow message does not hold up the next', async () => {
  await house.requestCode('slow', 'mail');
  await house.requestCode('fast', 'text');
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = playTransport();
  slow.answer = () => promise;
  const fast = playTransport();
  fast.answer = async () => resolve();
  await house.makeWorker({ mail: slow, text: fast }).drain();
  expect(await countMessages(house.db)).toEqual({ sent: 2 });
});

test('no more than four messages are under way at once', async () => {
  for (let index = 0; index < 12; index += 1) await house.requestCode(`c${index}`, 'text');
  const gateway = playTransport();
  let [underWay, most] = [0, 0];
  gateway.answer = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await house.readMessages();
    underWay -= 1;
  };
  await house.makeWorker({ text: gateway }).drain();
  expect(gateway.taken).toHaveLength(12);
  expect(most).toBeLessThanOrEqual(4);
});

test('a worker that is woken sends without being asked to drain', async () => {
  await house.requestCode('c1', 'text');
  const gateway = playTransport();
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  gateway.answer = async () => resolve();
  const worker = house.makeWorker({ text: gateway });
  worker.wake();
  await sent;
  await worker.stop();
  expect(await countMessages(house.db)).toEqual({ sent: 1 });
});

test('a worker that has slept finds by itself what has become due', async () => {
  const gateway = playTransport();
  const worker = house.makeWorker({ text: gateway });
  await house.requestCode('c1', 'text');
  await house.db
    .updateTable('messages')
    .set({ due_at: start + 20 })
    .execute();
  await worker.drain();
  expect(gateway.taken).toHaveLength(0);
  house.clock.time = start + 20;
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  gateway.answer = async () => resolve();
  await sent;
  await worker.stop();
  expect(await countMessages(house.db)).toEqual({ sent: 1 });
});

test('a stopped worker settles what is under way and takes nothing more', async () => {
  await house.requestCode('c1', 'text');
  const gateway = playTransport();
  const worker = house.makeWorker({ text: gateway });
  const { promise: taken, resolve: tellTaken } = Promise.withResolvers<void>();
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  gateway.answer = () => {
    tellTaken();
    return held;
  };
  worker.wake();
  await taken;
  const stopping = worker.stop();
  await house.requestCode('c2', 'text');
  worker.wake();
  release();
  await stopping;
  expect(await countMessages(house.db)).toEqual({ sent: 1, waiting: 1 });
});

test('S23 the rows of a message and its challenge hold no code, number or address, before, during and after sending', async () => {
  const codes = [
    await house.requestCode('c1', 'text'),
    await house.requestCode('c2', 'mail'),
    await house.requestCode('c3', 'call'),
  ];
  const dumps = [await house.dump()];
  const gateway = playTransport();
  gateway.answer = async () => void dumps.push(await house.dump());
  await house.makeWorker({ text: gateway, mail: gateway, call: gateway }).drain();
  dumps.push(await house.dump());
  expect(dumps).toHaveLength(5);
  for (const dump of dumps) {
    for (const secret of [...codes, '612345678', '201234567', 'anna@example'])
      expect(dump).not.toContain(secret);
  }
});

test('S24 no line of the log holds a code, number or address, whatever goes wrong', async () => {
  const codes = [await house.requestCode('c1', 'text'), await house.requestCode('c2', 'mail')];
  const gateway = playTransport();
  gateway.answer = async (message) => {
    throw new TypeError(`cannot send ${JSON.stringify(message)}`);
  };
  await house.makeWorker({ text: gateway, mail: gateway }).drain();
  expect(house.logged).toHaveLength(2);
  const log = house.logged.join('') + (await house.dump());
  for (const secret of [...codes, '612345678', 'anna@example']) expect(log).not.toContain(secret);
  expect(log).toContain('TypeError');
});

test('a text to a country that is stopped does not go, nor does its code stand; a mail does', async () => {
  const text = playTransport();
  const mail = playTransport();
  const tariff = {
    countryOf: ({ channel }: Outgoing) => (channel === 'mail' ? null : 'NL'),
    prices: { text: { currency: 'EUR', byCountry: new Map([['NL', 75_000]]) } },
  };
  const stopped = { countries: ['NL'] };
  const readStopped = async () => stopped.countries;
  const worker = house.makeWorker({ text, mail }, { tariff, readStopped });
  await house.requestCode('c1', 'text');
  await house.requestCode('c2', 'mail');
  await worker.drain();
  expect([text.taken.length, mail.taken.length]).toEqual([0, 1]);
  expect(house.givenUp).toMatchObject([{ channel: 'text', reason: 'country stopped' }]);
  expect(await house.readChallenge('c1')).toMatchObject({ sent_at: null, ended_as: 'given-up' });
  stopped.countries = [];
  await house.requestCode('c3', 'text');
  await house.requestCode('c4', 'text');
  await worker.drain();
  await worker.stop();
  expect(await readTally(house.db, '2026-11')).toEqual([
    { channel: 'text', count: 2, costs: { EUR: 150_000 } },
    { channel: 'call', count: 0, costs: {} },
    { channel: 'mail', count: 1, costs: {} },
  ]);
  expect((await readTally(house.db, '2026-11-21')).map(({ count }) => count)).toEqual([0, 0, 0]);
});
