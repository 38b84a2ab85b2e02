import { describe, expect, test } from 'vitest';
import type { Directory } from '../../src/directory/directory.ts';
import { changePassword, resetPassword } from '../../src/passwords/new-password.ts';
import { releasePasswordLeases, resumePasswords } from '../../src/passwords/resume.ts';
import { type Person, readPerson } from '../../src/people/person.ts';
import { answerQuestions, fiveAnswers, signIn } from '../helpers/journeys.ts';
import { newPassword } from '../helpers/resets.ts';
import { minute, openTestHouse, password, type TestHouse } from '../helpers/test-house.ts';

async function personOf({ deps }: TestHouse, personId: string): Promise<Person> {
  const person = await readPerson({ db: deps.db, sealing: deps.secrets.sealing }, personId);
  if (!person) throw new Error('nobody');
  return person;
}

/** Replaces the house's directory by what a test plays; everything else it asks goes to the real one. */
function play(house: TestHouse, played: Partial<Directory>): () => void {
  const { directory } = house.deps;
  const own = { ...directory };
  Object.assign(directory, played);
  return () => void Object.assign(directory, own);
}

/** A directory elsewhere: it takes passwords only as they are, and keeps them where no crash of ours reaches. */
function elsewhere() {
  const state = { password, mark: 1 };
  const set = (next: string) => Object.assign(state, { password: next, mark: state.mark + 1 });
  const directory: Partial<Directory> = {
    checkPassword: async (_name, typed) => (typed === state.password ? 'right' : 'wrong'),
    preparePassword: async (_name, typed) => ({ password: typed, kept: null, mark: String(state.mark) }),
    async setPassword(_name, { password: next, mark }) {
      if (next === null) return mark === String(state.mark) ? 'refused' : 'set';
      set(next);
      return 'set';
    },
  };
  return { directory, set };
}

const always = async () => true;

/** A reset whose directory answers with a fault: before or after it has written. */
async function cutOff(house: TestHouse, personId: string, when: 'before' | 'after', played?: Directory) {
  const own = { ...house.deps.directory, ...played };
  const back = play(house, {
    async setPassword(userName, next) {
      if (when === 'after') await own.setPassword(userName, next);
      throw new Error('the line is cut');
    },
  });
  const person = await personOf(house, personId);
  const setting = { person, password: newPassword, reason: 'reset', address: '::1', claim: always } as const;
  await expect(resetPassword(house.deps, setting)).rejects.toThrow('the line is cut');
  back();
}

async function whichWorks(house: TestHouse): Promise<string[]> {
  const working = [];
  for (const one of [password, newPassword])
    if ((await house.deps.directory.checkPassword('jan', one)) === 'right') working.push(one);
  return working;
}

async function countEvents(house: TestHouse, event: string): Promise<number> {
  return (await house.audit()).filter((row) => row.event === event).length;
}

describe('a password that is set and cut off', () => {
  test.each(['before', 'after'] as const)(
    'S16 cut off %s the embedded directory wrote, it is taken up again: the new one works, once',
    async (when) => {
      const house = await openTestHouse();
      const { personId } = await house.addPerson('jan');
      await cutOff(house, personId, when);
      expect(await whichWorks(house)).toEqual(when === 'before' ? [password] : [newPassword]);
      expect(await countEvents(house, 'password-reset')).toBe(0);
      await resumePasswords(house.deps);
      expect(await countEvents(house, 'password-reset'), 'somebody may still be at it').toBe(0);
      await releasePasswordLeases(house.deps.db);
      await resumePasswords(house.deps);
      await resumePasswords(house.deps);
      expect(await whichWorks(house)).toEqual([newPassword]);
      expect(await countEvents(house, 'password-reset')).toBe(1);
      expect((await personOf(house, personId)).sessionEpoch).toBe(1);
      expect(await house.deps.db.selectFrom('password_intents').selectAll().execute()).toEqual([]);
    },
  );

  test('an intent holds nothing from which the password can be had', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    await cutOff(house, personId, 'before');
    const [intent] = await house.deps.db.selectFrom('password_intents').selectAll().execute();
    expect(JSON.stringify(intent)).not.toContain(newPassword);
    expect(intent?.kept).toMatch(/^\$argon2id\$v=19\$m=19456,/);
  });

  test('a lease runs out by itself, so that another node takes it up', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    await cutOff(house, personId, 'before');
    house.wait(minute);
    await resumePasswords(house.deps);
    expect(await whichWorks(house)).toEqual([newPassword]);
  });

  test('another directory: cut off before it wrote, the old one works and nothing else has changed', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const other = elsewhere();
    play(house, other.directory);
    await cutOff(house, personId, 'before');
    const [intent] = await house.deps.db.selectFrom('password_intents').selectAll().execute();
    expect(intent?.kept).toBeNull();
    await releasePasswordLeases(house.deps.db);
    await resumePasswords(house.deps);
    expect(await whichWorks(house)).toEqual([password]);
    expect(await countEvents(house, 'password-not-set')).toBe(1);
    expect((await personOf(house, personId)).sessionEpoch).toBe(0);
  });

  test('another directory: cut off after it wrote, the new one works and all that follows is done', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const other = elsewhere();
    play(house, other.directory);
    await cutOff(house, personId, 'after');
    await releasePasswordLeases(house.deps.db);
    await resumePasswords(house.deps);
    expect(await whichWorks(house)).toEqual([newPassword]);
    expect(await countEvents(house, 'password-reset')).toBe(1);
  });

  test('a password set by others meanwhile is left alone', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    await cutOff(house, personId, 'before');
    const password_hash = await house.deps.secrets.hashing.hashPassword('een heel ander wachtwoord');
    await house.deps.db.updateTable('embedded_accounts').set({ password_hash }).execute();
    await releasePasswordLeases(house.deps.db);
    await resumePasswords(house.deps);
    expect(await whichWorks(house)).toEqual([]);
    expect(await house.deps.directory.checkPassword('jan', 'een heel ander wachtwoord')).toBe('right');
    expect(await countEvents(house, 'password-not-set')).toBe(1);
  });
});

describe('two that set a password', () => {
  test('S09 one does, and the other changes nothing', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const person = await personOf(house, personId);
    const set = (chosen: string) =>
      resetPassword(house.deps, { person, password: chosen, reason: 'reset', address: '::1', claim: always });
    const results = await Promise.all([set(newPassword), set('acht dieven fluiten')]);
    expect(results.map(({ result }) => result).toSorted()).toEqual(['ended', 'written']);
    expect(await countEvents(house, 'password-reset')).toBe(1);
  });

  test('without the right to it nothing is written down', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const person = await personOf(house, personId);
    const setting = { person, password: newPassword, reason: 'reset', address: '::1' } as const;
    const claim = async () => false;
    expect(await resetPassword(house.deps, { ...setting, claim })).toEqual({ result: 'ended' });
    expect(await whichWorks(house)).toEqual([password]);
    expect(await house.deps.db.selectFrom('password_intents').selectAll().execute()).toEqual([]);
  });

  test('a directory that refuses the password gives the right back', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    play(house, { setPassword: async () => 'refused' });
    const person = await personOf(house, personId);
    let released = 0;
    const release = async () => {
      released += 1;
    };
    const setting = {
      person,
      password: newPassword,
      reason: 'reset',
      address: '::1',
      claim: always,
    } as const;
    expect(await resetPassword(house.deps, { ...setting, release })).toEqual({
      result: 'refused',
      why: 'refused',
    });
    expect(released).toBe(1);
    expect(await whichWorks(house)).toEqual([password]);
  });
});

describe('the sealed answers', () => {
  async function openAnswers(house: TestHouse, personId: string, typed: string): Promise<string[]> {
    const { db, secrets } = house.deps;
    const pair = await db
      .selectFrom('key_pairs')
      .selectAll()
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow();
    const opened = await secrets.answerSeal.openPrivateKey(pair.wrapped_private_key, typed);
    if (opened.result !== 'opened') throw new Error(opened.result);
    const { privateKey } = opened;
    const rows = await db.selectFrom('answers').selectAll().orderBy('position').execute();
    return rows.flatMap(({ sealed, question_id: question }) =>
      sealed === null
        ? []
        : [secrets.answerSeal.openAnswer(privateKey, sealed, { person: personId, question })],
    );
  }

  test('are readable with the new password after a change', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    const own = await addAnswers(house);
    const person = await personOf(house, personId);
    await changePassword(house.deps, { person, password, newPassword, address: '::1' });
    expect(await openAnswers(house, personId, newPassword)).toEqual(own);
    await expect(openAnswers(house, personId, password)).rejects.toThrow('wrong-password');
    expect(await countEvents(house, 'password-changed')).toBe(1);
  });

  test('go at a reset, and at a change whose old password does not open them; their hashes stay', async () => {
    const house = await openTestHouse();
    const { personId } = await house.addPerson('jan');
    await addAnswers(house);
    const person = await personOf(house, personId);
    const change = { person, password: 'set elsewhere', newPassword, address: '::1' };
    expect(await changePassword(house.deps, change)).toEqual({ result: 'written' });
    expect(await openAnswers(house, personId, newPassword)).toEqual([]);
    expect(await house.deps.db.selectFrom('answers').select('hash').execute()).toHaveLength(5);
  });

  async function addAnswers(house: TestHouse): Promise<string[]> {
    await answerQuestions(house, await signIn(house, 'jan'), fiveAnswers);
    return [...fiveAnswers];
  }
});
