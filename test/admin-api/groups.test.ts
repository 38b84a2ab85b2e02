import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memberNames } from '../../src/people/groups.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { planOf } from '../helpers/plan.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  for (const userName of ['ann', 'bob', 'cas', 'dik'])
    await ask(house, {
      method: 'POST',
      path: '/people',
      body: { userName, displayName: userName, groups: userName === 'dik' ? ['IT'] : ['Staff'] },
    });
});
afterAll(() => house.close());

const member = (group: string, userName: string) =>
  `/groups/${encodeURIComponent(group)}/members/${encodeURIComponent(userName)}`;

async function groups() {
  return (await ask(house, { path: '/groups' })).body;
}

describe('groups', () => {
  it('are those that have members, with how many', async () => {
    expect(await groups()).toEqual({
      groups: [
        { name: 'IT', members: 1 },
        { name: 'Staff', members: 3 },
      ],
    });
  });

  it('page their members in the order of user names, by the index', async () => {
    const first = await ask(house, { path: '/groups/Staff/members?limit=2' });
    expect(first.body).toMatchObject({ people: [{ userName: 'ann' }, { userName: 'bob' }], next: 'bob' });
    const second = await ask(house, { path: '/groups/Staff/members?limit=2&after=bob' });
    expect(second.body).toMatchObject({ people: [{ userName: 'cas' }], next: null });
    const { db } = house.deps;
    const plan = await planOf(db, memberNames(db, 'Staff', { after: 'ann', limit: 10 }));
    expect(plan).toContain('memberships_group');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  it('take somebody in and let somebody out, once in the audit, and are gone with the last', async () => {
    const name = 'Nieuw & “oud” / 2';
    for (const _ of [1, 2]) {
      const joined = await ask(house, { method: 'PUT', path: member(name, 'ANN') });
      expect(joined).toMatchObject({ status: 200, body: { groups: [name, 'Staff'] } });
    }
    for (const _ of [1, 2]) {
      const left = await ask(house, { method: 'DELETE', path: member(name, 'ann') });
      expect(left).toMatchObject({ status: 200, body: { groups: ['Staff'] } });
    }
    expect(JSON.stringify(await groups())).not.toContain('Nieuw');
    const told = await house.deps.db
      .selectFrom('audit')
      .selectAll()
      .where('event', '=', 'person-changed')
      .orderBy('seq')
      .execute();
    expect(told.map(({ actor, details }) => [actor, JSON.parse(details)])).toEqual([
      [house.administratorId, { changed: 'groups', added: name }],
      [house.administratorId, { changed: 'groups', removed: name }],
    ]);
  });

  it('keep the members they had when all groups of a person are written anew', async () => {
    const body = { groups: ['IT', 'Staff'] };
    await ask(house, { method: 'PATCH', path: '/people/cas', body });
    const members = await ask(house, { path: '/groups/IT/members' });
    expect(members.body).toMatchObject({ people: [{ userName: 'cas' }, { userName: 'dik' }] });
  });

  it.each([
    ['PUT', member('Staff', 'nobody'), 404, 'person-unknown'],
    ['DELETE', member('Staff', 'nobody'), 404, 'person-unknown'],
    ['PUT', member('a\u0007b', 'ann'), 422, 'not-valid'],
    ['PUT', member('x'.repeat(101), 'ann'), 422, 'too-large'],
    ['GET', '/groups/Staff/members?limit=0', 422, 'too-small'],
  ])('refuse %s %s with %i', async (method, path, status, problem) => {
    expect(await ask(house, { method, path })).toMatchObject({ status, body: { problem } });
  });

  it('S60 are found by their whole name only', async () => {
    for (const name of ["' OR '1'='1", '%', 'Staf_']) {
      const { status, body } = await ask(house, { path: `/groups/${encodeURIComponent(name)}/members` });
      expect({ status, body }).toEqual({ status: 200, body: { people: [], next: null } });
    }
  });

  it('are read but not written by helpdesk', async () => {
    const headers = { authorization: `Bearer ${house.helpdeskToken}` };
    expect((await ask(house, { path: '/groups', headers })).status).toBe(200);
    expect((await ask(house, { method: 'PUT', path: member('IT', 'ann'), headers })).status).toBe(403);
  });
});
