import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { type AuditEntry, recordEvent } from '../../src/audit/audit.ts';
import { inTransaction } from '../../src/store/database.ts';
import { addAdministrator, sessionOf } from '../helpers/administrators.ts';
import { signIn } from '../helpers/journeys.ts';
import { day, hour, monday, openTestHouse, type TestHouse } from '../helpers/test-house.ts';
import { doorOf } from './door-of.ts';
import { openDoorHouse, outside } from './open-door.ts';

interface Listed {
  events: {
    seq: number;
    at: string;
    event: string;
    outcome: string;
    actor: { kind: string; name: string | null };
    person: string | null;
    address: string | null;
    details: Record<string, unknown>;
  }[];
  next: string | null;
}

/** A house in which things happened: jan signed in, anna added a question and was refused, the system pruned. */
async function eventfulHouse() {
  const house = await openTestHouse();
  const ask = doorOf(house);
  const list = async (query = ''): Promise<Listed> => {
    const answer = await ask(`/audit${query}`);
    expect(answer.status).toBe(200);
    return Object(await answer.json());
  };
  await house.addPerson('jan');
  house.wait(day);
  await signIn(house, 'jan');
  house.wait(day);
  await ask('/questions', { nl: 'Welk boek las u steeds opnieuw?' });
  house.wait(day);
  await house.browser().open('/sign-in');
  return { house, ask, list };
}

const eventsOf = ({ events }: Listed) => events.map(({ event }) => event);

async function fill(house: TestHouse, count: number, entry: Partial<AuditEntry> = {}): Promise<void> {
  const actor = { kind: 'system' } as const;
  await inTransaction(house.deps.db, async (tx) => {
    for (let n = 1; n <= count; n++)
      await recordEvent(tx, house.clock.now, {
        event: 'message-given-up',
        actor,
        details: { n },
        ...entry,
      });
  });
}

describe('the audit', () => {
  test('is read newest first, with names in place of ids', async () => {
    const { list } = await eventfulHouse();
    const { events, next } = await list();
    expect(next).toBeNull();
    expect(events.map(({ event }) => event)).toEqual(['question-added', 'person-signed-in', 'person-added']);
    expect(events[0]).toMatchObject({
      actor: { kind: 'administrator', name: 'anna' },
      person: null,
      at: new Date(monday + 2 * day).toISOString(),
      outcome: 'done',
    });
    expect(events[1]).toMatchObject({
      actor: { kind: 'person', name: 'jan' },
      person: 'jan',
      address: '127.0.0.1',
    });
    expect(events[2]).toMatchObject({ actor: { kind: 'system', name: null }, person: 'jan' });
  });

  test('is filtered by person, by who did it, by kind, by outcome and by time', async () => {
    const { house, list } = await eventfulHouse();
    await fill(house, 1, { outcome: 'refused' });
    expect(eventsOf(await list('?person=JAN'))).toEqual(['person-signed-in', 'person-added']);
    expect(eventsOf(await list('?actor=jan'))).toEqual(['person-signed-in']);
    expect(eventsOf(await list('?actor=anna'))).toEqual(['question-added']);
    expect(eventsOf(await list('?kind=person-added'))).toEqual(['person-added']);
    expect(eventsOf(await list('?outcome=refused'))).toEqual(['message-given-up']);
    expect(eventsOf(await list('?person=jan&kind=question-added'))).toEqual([]);
    expect(eventsOf(await list('?from=2026-11-03&to=2026-11-04'))).toEqual([
      'question-added',
      'person-signed-in',
    ]);
    expect(eventsOf(await list('?to=2026-11-02')), 'a day includes its end').toEqual(['person-added']);
    expect(eventsOf(await list('?to=2026-11-03T11:00:00Z')), 'a moment is not included').toEqual([
      'person-added',
    ]);
  });

  test.each([
    ['?person=nobody', 'person-unknown', 'person'],
    ['?actor=nobody', 'actor-unknown', 'actor'],
    ['?from=yesterday', 'moment-unreadable', 'from'],
    ['?after=nonsense', 'place-unreadable', 'after'],
    ['?outcome=perhaps', 'not-valid', 'outcome'],
    ['?kind=a%20or%201=1', 'not-valid', 'kind'],
    ['?limit=0', 'too-small', 'limit'],
    ['?colour=red', 'unknown-field', 'colour'],
  ])('%s is refused as %s', async (query, problem, field) => {
    const { ask } = await eventfulHouse();
    const answer = await ask(`/audit${query}`);
    expect([answer.status, await answer.json()]).toEqual([422, expect.objectContaining({ problem, field })]);
  });

  test('is read by the page, each event once, also where many happened at one moment', async () => {
    const { house, list } = await eventfulHouse();
    await fill(house, 12);
    house.wait(-hour);
    await fill(house, 5);
    const all = await list('?limit=500');
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await list(`?limit=5${next === '' ? '' : `&after=${next}`}`);
      seen.push(...page.events.map(({ seq }) => seq));
      next = page.next;
    }
    expect(seen).toEqual(all.events.map(({ seq }) => seq));
    expect(seen).toHaveLength(20);
    const times = all.events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });
});

test('S68 what an administrator does from outside the machine is kept with the address', async () => {
  const { house, ask } = await openDoorHouse({ via: 'tcp' });
  const token = await sessionOf(house.deps, await addAdministrator(house.deps, 'anna'), 'tcp');
  const body = { basedOn: 0, settings: { postponeDays: 3 } };
  expect((await ask('PATCH', '/policy', { token, body })).status).toBe(200);
  const added = await ask('POST', '/questions', { token, body: { nl: 'Welk boek las u steeds?' } });
  expect(added.status).toBe(201);
  expect((await ask('POST', '/audit/verify', { token, body: {} })).status).toBe(200);
  const rows = await house.deps.db.selectFrom('audit').selectAll().orderBy('seq').execute();
  expect(rows.map(({ event, address }) => [event, address])).toEqual([
    ['policy-replaced', outside],
    ['question-added', outside],
    ['audit-verified', outside],
  ]);
});

describe('an export', () => {
  test('holds every event that the filters let through, in three forms, and is in the audit itself', async () => {
    const { house, ask } = await eventfulHouse();
    await fill(house, 2300);
    const read = async (format: string) => {
      const answer = await ask(`/audit/export?kind=message-given-up&format=${format}`);
      return { type: answer.headers.get('content-type'), text: await answer.text() };
    };
    const csv = await read('csv');
    expect(csv.type).toBe('text/csv; charset=utf-8; header=present');
    const rows: Record<string, string>[] = parse(csv.text, { columns: true });
    const json: Listed['events'] = JSON.parse((await read('json')).text);
    const lines = (await read('ndjson')).text.trimEnd().split('\n');
    expect(json).toEqual(lines.map((line) => JSON.parse(line)));
    expect(json.map(({ details }) => details.n)).toEqual(Array.from({ length: 2300 }, (_, n) => 2300 - n));
    expect(rows.map(({ seq }) => Number(seq))).toEqual(json.map(({ seq }) => seq));
    expect(JSON.parse(rows[0]?.details ?? '')).toEqual({ n: 2300 });
    const told = (await house.audit()).filter(({ event }) => event === 'audit-exported');
    expect(told.map(({ details }) => JSON.parse(details).asked)).toEqual(
      ['csv', 'json', 'ndjson'].map((format) => `kind=message-given-up&format=${format}`),
    );
  });

  test('of nothing is an empty list in each form', async () => {
    const { ask } = await eventfulHouse();
    const read = async (format: string) =>
      (await ask(`/audit/export?kind=audit-pruned&format=${format}`)).text();
    expect(await read('csv')).toBe('seq,at,event,outcome,actorKind,actor,person,address,details\r\n');
    expect(await read('json')).toBe('[]\n');
    expect(await read('ndjson')).toBe('');
  });

  test('S57 holds no cell that a spreadsheet would run, however it splits the lines', async () => {
    const { house, ask } = await eventfulHouse();
    const hostile = [
      '=1+1',
      '+31',
      '-jan',
      '@sum',
      ' =1',
      '\t=1',
      '"=1',
      'a;=1',
      'a\t-1',
      'a\n@1',
      '\uff1d1',
    ];
    for (const address of hostile) await fill(house, 1, { address });
    const text = await (await ask('/audit/export?kind=message-given-up')).text();
    for (const delimiter of [',', ';', '\t']) {
      const rows: string[][] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
      for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@\uff1d]/);
    }
    const rows: Record<string, string>[] = parse(text, { columns: true });
    const told = rows.map(({ address = '' }) => address.replaceAll("'", '')).toReversed();
    expect(told, 'and nothing is lost').toEqual(hostile);
  });

  test('steers no terminal, whatever the rows hold', async () => {
    const { house, ask } = await eventfulHouse();
    const hostile = 'a\u009b2J\u202eb\u2066';
    await fill(house, 1, { details: { hostile } });
    for (const format of ['csv', 'json', 'ndjson']) {
      const text = await (await ask(`/audit/export?kind=message-given-up&format=${format}`)).text();
      expect(text).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(text).toContain('\\u009b2J\\u202eb\\u2066');
    }
  });

  test('S68 text that people type makes no row of its own, in no form', async () => {
    const { ask, house } = await eventfulHouse();
    const forged = 'jan","person-signed-in"\r\n1,2026-01-01,policy-replaced\n{"seq":1}';
    const browser = house.browser();
    await browser.open('/sign-in');
    await browser.post('/sign-in', { csrf: browser.csrf, userName: forged, password: forged });
    const before = (await house.audit()).length;
    const count = async (format: string) => (await ask(`/audit/export?format=${format}`)).text();
    expect(parse(await count('csv'), { columns: true })).toHaveLength(before + 1);
    expect((await count('ndjson')).trimEnd().split('\n')).toHaveLength(before + 2);
    for (const { details } of await house.audit()) expect(details).not.toContain('policy-replaced');
  });
});
