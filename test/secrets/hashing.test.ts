import { describe, expect, it } from 'vitest';
import { makeAnswerHashing } from '../../src/secrets/answer-hashing.ts';
import { makeBoundedQueue, TooBusy } from '../../src/secrets/bounded-queue.ts';
import { makeHashing } from '../../src/secrets/hashing.ts';
import { makeKeyRing, replaceKeys } from '../../src/secrets/key-ring.ts';

const now = () => 1_700_000_000_000;
const hashing = makeHashing({ workers: 2, waiting: 50 });

describe('hashing', () => {
  it('makes argon2id strings of 19 MiB and two passes that only the same text fits', async () => {
    const hash = await hashing.hashPassword('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
    expect(await hashing.verifyPassword(hash, 'correct horse')).toBe(true);
    expect(await hashing.verifyPassword(hash, 'correct horsf')).toBe(false);
  });

  it('does the work of a check for a name that does not exist, and says no', async () => {
    const checks = [hashing.verifyNothing('anything'), hashing.verifyNothing('anything')];
    await Promise.resolve();
    expect(hashing.running()).toBe(2);
    expect(await Promise.all(checks)).toEqual([false, false]);
  });

  it('asks for an upgrade of hashes made otherwise', async () => {
    const parts = '$c29tZXNhbHRzb21lc2FsdA$dGhpcnR5LXR3byBieXRlcyBvZiBub3RoaW5nISEhISE';
    expect(hashing.needsUpgrade(`$argon2id$v=19$m=19456,t=2,p=1${parts}`)).toBe(false);
    expect(hashing.needsUpgrade(`$argon2id$v=19$m=4096,t=2,p=1${parts}`)).toBe(true);
    expect(hashing.needsUpgrade(`$argon2id$v=19$m=19456,t=1,p=1${parts}`)).toBe(true);
    expect(hashing.needsUpgrade(`$argon2i$v=19$m=19456,t=2,p=1${parts}`)).toBe(true);
  });

  it('takes at most 1,024 characters, however many units each has', async () => {
    const long = '🗝'.repeat(1024);
    const hash = await hashing.hashPassword(long);
    expect(await hashing.verifyPassword(hash, long)).toBe(true);
    expect(await hashing.verifyPassword(hash, `${long}x`)).toBe(false);
    expect(await hashing.verifyNothing(`${long}x`)).toBe(false);
    await expect(hashing.hashPassword(`${long}x`)).rejects.toThrow(RangeError);
    await expect(hashing.derive('x'.repeat(1025), Buffer.alloc(16))).rejects.toThrow(RangeError);
  });

  it('throws at a hash that is none, rather than calling it a wrong password, and goes on', async () => {
    await expect(hashing.verifyPassword('no hash', 'text')).rejects.toThrow();
    expect([hashing.running(), hashing.waiting()]).toEqual([0, 0]);
  });

  it('derives the same 32 bytes from the same text and salt only', async () => {
    const [one, again, other] = await Promise.all([
      hashing.derive('text', Buffer.alloc(16, 1)),
      hashing.derive('text', Buffer.alloc(16, 1)),
      hashing.derive('text', Buffer.alloc(16, 2)),
    ]);
    expect(one).toHaveLength(32);
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  it('S70 runs 2 of 200 parallel checks at once, keeps 50 waiting, refuses the rest, and answers those rightly', async () => {
    const hash = await hashing.hashPassword('right');
    const seen: number[] = [];
    const checks = Array.from({ length: 200 }, async (_, n) => {
      const check = hashing.verifyPassword(hash, n % 2 === 0 ? 'right' : 'wrong');
      seen.push(hashing.running());
      const answer = await check;
      seen.push(hashing.running());
      return answer === (n % 2 === 0);
    });
    expect([hashing.running(), hashing.waiting()]).toEqual([2, 50]);
    const outcomes = await Promise.allSettled(checks);
    const refused = outcomes.filter((one) => one.status === 'rejected').map((one) => one.reason);
    expect(outcomes.slice(0, 52)).toEqual(
      Array.from({ length: 52 }, () => ({ status: 'fulfilled', value: true })),
    );
    expect(refused).toHaveLength(148);
    expect(refused.every((why) => why instanceof TooBusy && why.retryAfterSeconds >= 1)).toBe(true);
    expect(Math.max(...seen)).toBe(2);
    expect([hashing.running(), hashing.waiting()]).toEqual([0, 0]);
  });
});

describe('the bounded queue', () => {
  it('does the work in the order it came, never more at once than it may', async () => {
    const queue = makeBoundedQueue({ workers: 2, waiting: 10 });
    const [started, most]: [number[], number[]] = [[], []];
    const work = (n: number) => async () => {
      started.push(n);
      most.push(queue.running());
      await new Promise((resolve) => setImmediate(resolve));
    };
    await Promise.all(Array.from({ length: 12 }, (_, n) => queue.run(work(n))));
    expect(started).toEqual(Array.from({ length: 12 }, (_, n) => n));
    expect(Math.max(...most)).toBe(2);
  });

  it('gives a place back when work fails', async () => {
    const queue = makeBoundedQueue({ workers: 1, waiting: 1 });
    const failing = () => Promise.reject(new Error('no'));
    const both = await Promise.allSettled([queue.run(failing), queue.run(async () => 'done')]);
    expect(both[1]).toEqual({ status: 'fulfilled', value: 'done' });
    expect(await queue.run(async () => 'again')).toBe('again');
  });

  it('cannot be made without workers', () => {
    expect(() => makeBoundedQueue({ workers: 0, waiting: 5 })).toThrow(RangeError);
  });
});

describe('answers', () => {
  it('S23 fit only the same answer of the same person, and only with the key', async () => {
    const ring = makeKeyRing(now);
    const answers = makeAnswerHashing(ring, hashing);
    const hash = await answers.hashAnswer('de vuurtoren', 'person-1');
    expect(hash.startsWith(`${ring.data[0].id}.$argon2id$`)).toBe(true);
    expect(await answers.verifyAnswer(hash, 'de vuurtoren', 'person-1')).toBe(true);
    expect(await answers.verifyAnswer(hash, 'de vuurtore', 'person-1')).toBe(false);
    expect(await answers.verifyAnswer(hash, 'de vuurtoren', 'person-2')).toBe(false);
    expect(await hashing.verifyPassword(hash.slice(hash.indexOf('.') + 1), 'de vuurtoren')).toBe(false);
    const thief = makeKeyRing(now);
    await expect(
      makeAnswerHashing(thief, hashing).verifyAnswer(hash, 'de vuurtoren', 'person-1'),
    ).rejects.toThrow('not in the key ring');
    const guess = { ...thief, data: [{ ...thief.data[0], id: ring.data[0].id }] } satisfies typeof thief;
    expect(await makeAnswerHashing(guess, hashing).verifyAnswer(hash, 'de vuurtoren', 'person-1')).toBe(
      false,
    );
  });

  it('still fit after a rotation, and then ask for an upgrade', async () => {
    const ring = makeKeyRing(now);
    const hash = await makeAnswerHashing(ring, hashing).hashAnswer('antwoord', 'person-1');
    const after = makeAnswerHashing(replaceKeys(ring, 'data', now), hashing);
    expect(makeAnswerHashing(ring, hashing).needsUpgrade(hash)).toBe(false);
    expect(after.needsUpgrade(hash)).toBe(true);
    expect(await after.verifyAnswer(hash, 'antwoord', 'person-1')).toBe(true);
  });
});
