import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { overdueReasons } from '../../src/people/overdue.ts';
import { provenBits } from '../../src/people/status.ts';
import { defaultPolicy, type Policy } from '../../src/policy/policy.ts';
import { readPolicyVersion, replacePolicy } from '../../src/policy/versions.ts';
import { type AdminHouse, openAdminHouse, testTime } from '../helpers/admin-house.ts';
import { day, type Somebody, settle } from '../people/population.ts';
import { ask } from './ask.ts';

const { 'authentication-phone': phone, 'authentication-email': mail } = provenBits;
const ago = (days: number) => testTime - days * day;

function somebody(userName: string, changes: Partial<Somebody> = {}): Somebody {
  return {
    userName,
    displayName: userName,
    provenMethods: 0,
    questionCount: 0,
    appearedAt: ago(10),
    lastCheckAt: null,
    demandedAt: null,
    disabledAt: null,
    groups: [],
    filledIn: false,
    ...changes,
  };
}

const everybody = [
  somebody('never', { displayName: 'Nora Never', appearedAt: ago(40.5), groups: ['Staff'] }),
  somebody('partly', { appearedAt: ago(33), provenMethods: phone, lastCheckAt: ago(30), groups: ['Staff'] }),
  somebody('due', { provenMethods: phone | mail, lastCheckAt: ago(200), appearedAt: ago(400) }),
  somebody('asked', {
    provenMethods: phone | mail,
    lastCheckAt: ago(5),
    demandedAt: ago(4),
    groups: ['Board'],
  }),
  somebody('=cmd()', { displayName: '=HYPERLINK("x")', appearedAt: ago(31) }),
  somebody('fresh', { filledIn: true }),
  somebody('fine', { provenMethods: phone | mail, lastCheckAt: ago(3), groups: ['Staff'] }),
  somebody('gone', { appearedAt: ago(300), disabledAt: ago(2), filledIn: true }),
];

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
  await settle(house.deps.db, everybody);
});
afterAll(() => house.close());

async function setPolicy(changes: Partial<Policy>, at = testTime): Promise<void> {
  const { version } = await readPolicyVersion(house.deps.db);
  await replacePolicy(house.deps.db, { ...defaultPolicy, ...changes }, { basedOn: version, by: 'test', at });
}

const get = (path: string) => ask(house, { path });

async function namesOf(path: string): Promise<string[]> {
  const { raw } = await get(path);
  return [...raw.matchAll(/"userName":"([^"]*)"/g)].map(([, name = '']) => name);
}

describe('GET /overdue', () => {
  it('says who, why, since when and for how many days, longest first', async () => {
    const { status, body } = await get('/overdue');
    expect(status).toBe(200);
    const at = (days: number) => new Date(ago(days)).toISOString();
    expect(body).toEqual({
      people: [
        { userName: 'due', displayName: 'due', reason: 'check-due', since: at(20), days: 20 },
        {
          userName: 'never',
          displayName: 'Nora Never',
          reason: 'never-registered',
          since: at(10.5),
          days: 10,
        },
        { userName: 'asked', displayName: 'asked', reason: 'demanded', since: at(4), days: 4 },
        { userName: 'partly', displayName: 'partly', reason: 'incomplete', since: at(3), days: 3 },
        {
          userName: '=cmd()',
          displayName: '=HYPERLINK("x")',
          reason: 'never-registered',
          since: at(1),
          days: 1,
        },
      ],
      next: null,
    });
  });

  it.each([
    ['?order=desc', ['=cmd()', 'partly', 'asked', 'never', 'due']],
    ['?sort=name', ['=cmd()', 'asked', 'due', 'never', 'partly']],
    ['?sort=name&order=desc', ['partly', 'never', 'due', 'asked', '=cmd()']],
    ['?reason=never-registered', ['never', '=cmd()']],
    ['?group=Staff', ['never', 'partly']],
    ['?group=Nobody', []],
    ['?prefix=n', ['never']],
    ['?prefix=nora+nev', ['never']],
    ['?group=Staff&reason=incomplete&sort=name', ['partly']],
  ])('%s chooses and sorts', async (query, names) => {
    expect(await namesOf(`/overdue${query}`)).toEqual(names);
  });

  it('is read page by page, forwards and backwards', async () => {
    for (const query of ['sort=since', 'sort=since&order=desc', 'sort=name', 'sort=name&order=desc']) {
      const found: string[] = [];
      let next = '';
      do {
        const { raw } = await get(`/overdue?${query}&limit=2${next && `&after=${next}`}`);
        found.push(...[...raw.matchAll(/"userName":"([^"]*)"/g)].map(([, name = '']) => name));
        next = /"next":"([^"]+)"/.exec(raw)?.[1] ?? '';
      } while (next !== '');
      expect(found).toEqual(await namesOf(`/overdue?${query}`));
    }
  });

  it.each(['?after=nonsense', '?reason=lazy', '?limit=0', '?limit=501', '?sort=days', '?colour=red'])(
    '%s is refused with its field',
    async (query) => {
      const { status, body } = await get(`/overdue${query}`);
      expect(status).toBe(422);
      expect(body).toMatchObject({ field: /^\?(\w+)/.exec(query)?.[1] });
    },
  );
});

describe('GET /overdue/counts and /overview', () => {
  it('count what the list shows', async () => {
    const overdue = { total: 5, demanded: 1, 'never-registered': 2, incomplete: 1, 'check-due': 1 };
    expect((await get('/overdue/counts')).body).toEqual(overdue);
    for (const reason of overdueReasons)
      expect(await namesOf(`/overdue?reason=${reason}`)).toHaveLength(overdue[reason]);
    const nothingSent = ['text', 'call', 'mail'].map((channel) => ({ channel, count: 0, costs: [] }));
    expect((await get('/overview')).body).toEqual({
      at: new Date(testTime).toISOString(),
      total: 8,
      disabled: 1,
      enabled: 7,
      registered: 3,
      ableToReset: 3,
      partlyRegistered: 1,
      filledIn: 1,
      overdue,
      sent: { today: nothingSent, month: nothingSent },
      directoryLosses: null,
      keys: null,
    });
  });
});

describe('GET /overdue/export', () => {
  it('gives everybody as JSON, as NDJSON, and as CSV that no spreadsheet runs (S57)', async () => {
    const listed = (await get('/overdue')).body;
    const people = typeof listed === 'object' && listed !== null && 'people' in listed ? listed.people : null;
    expect((await get('/overdue/export?format=json')).body).toEqual(people);
    const lines = (await get('/overdue/export?format=ndjson')).raw.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(people);
    const { raw, headers } = await get('/overdue/export?format=csv&reason=never-registered');
    expect(headers['content-type']).toContain('text/csv');
    expect(raw.split('\r\n')).toEqual([
      'userName,displayName,reason,since,days',
      `never,Nora Never,never-registered,${new Date(ago(10.5)).toISOString()},10`,
      `'=cmd(),"'=HYPERLINK(""x"")",never-registered,${new Date(ago(1)).toISOString()},1`,
      '',
    ]);
  });

  it('is in the audit', async () => {
    await get('/overdue/export?group=Staff');
    const { details, actor } = await house.deps.db
      .selectFrom('audit')
      .selectAll()
      .where('event', '=', 'overdue-exported')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(actor).toBe(house.administratorId);
    expect(JSON.parse(details)).toMatchObject({ asked: 'group=Staff' });
  });
});

describe('another policy', () => {
  it('changes who is overdue without a change to any person', async () => {
    const rows = () => house.deps.db.selectFrom('people').selectAll().orderBy('id').execute();
    const before = await rows();
    await setPolicy({ checkAgainAfterDays: 0, registerWithinDays: 0 });
    expect(await namesOf('/overdue?sort=name')).toEqual(['=cmd()', 'asked', 'fresh', 'never', 'partly']);
    await setPolicy({ enabledFor: { who: 'groups', groups: ['Staff', 'Board'], except: ['Board'] } });
    expect(await namesOf('/overdue?sort=name')).toEqual(['never', 'partly']);
    await setPolicy({ enabledFor: { who: 'nobody' } });
    expect(await namesOf('/overdue')).toEqual([]);
    await setPolicy({});
    expect(await namesOf('/overdue')).toEqual(['due', 'asked']);
    await setPolicy({ privilegedGroups: ['Staff'] }, ago(0));
    expect(await rows()).toEqual(before);
  });
});

it('helpdesk may look, and not send reminders', async () => {
  const headers = { authorization: `Bearer ${house.helpdeskToken}`, 'content-type': 'application/json' };
  for (const path of ['/overdue', '/overdue/counts', '/overview', '/reminders'])
    expect((await ask(house, { path, headers })).status).toBe(200);
  const send = { method: 'POST', path: '/reminders', body: { dryRun: true } };
  expect((await ask(house, { ...send, headers })).status).toBe(403);
  expect((await ask(house, { ...send, headers: { cookie: 'sparekey=x' } })).status).toBe(401);
});
