import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { searchKeysOf } from '../../src/people/search-keys.ts';
import { openNodeSqlite } from '../../src/store/node-sqlite.ts';

const day = 86_400_000;
const rowsAtOnce = 5_000;

const first = ['Anna', 'Bram', 'Çelik', 'Daan', 'Emma', 'Fatima', 'Gijs', 'Hanna', 'Ibrahim', 'Zoë'];
const last = [
  'Jansen',
  'de Vries',
  'van den Berg',
  'Bakker',
  'Visser',
  'Yılmaz',
  'Smit',
  'Meijer',
  'Mulder',
  'Bos',
];

/** Numbers that look random and are the same at every run (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

/** What somebody has proven: three in ten nothing, the others something, half of these all that is asked. */
function standingOf(random: Random, now: number) {
  const proven = random();
  if (proven < 0.3) return { bits: 0, questions: 0, checked: null };
  const bits = proven < 0.6 ? 1 + Math.floor(random() * 7) : 3;
  const questions = random() < 0.5 ? 5 : Math.floor(random() * 5);
  return { bits, questions, checked: Math.floor(now - random() * 300 * day) };
}

function makePerson(at: number, random: Random, now: number) {
  const pick = (names: string[]) => names[Math.floor(random() * names.length)] ?? '';
  const [given, family] = [pick(first), pick(last)];
  const displayName = `${given} ${family}`;
  const userName = `${given.slice(0, 1)}.${family.replaceAll(' ', '')}${at}`.toLowerCase().normalize('NFKC');
  const groups = [
    `Department ${at % 200}`,
    ...(at % 2 === 0 ? ['Staff'] : []),
    ...(at % 500 === 0 ? ['Admins'] : []),
  ];
  return {
    id: randomBytes(18).toString('base64url'),
    userName,
    displayName,
    groups,
    appeared: Math.floor(now - random() * 800 * day),
    disabled: random() < 0.02 ? now : null,
    demanded: random() < 0.01 ? Math.floor(now - random() * 30 * day) : null,
    filledIn: random() < 0.4,
    ...standingOf(random, now),
  };
}

type Person = ReturnType<typeof makePerson>;

/** Fills an empty database with people, some of them in groups, overdue, disabled, filled in; fast, and always alike. */
export function populate(file: string, { count, now }: { count: number; now: number }): void {
  const database = openNodeSqlite(file);
  const run = (sql: string, ...values: unknown[]) => void database.prepare(sql).run(values);
  const random = makeRandom(count);
  const indexes = indexesOf(database);
  for (const { name } of indexes) run(`drop index "${name}"`);
  run('pragma synchronous = off');
  run('pragma cache_size = -500000');
  for (let at = 0; at < count; at += 1) {
    if (at % rowsAtOnce === 0) run('begin');
    insertPerson(run, makePerson(at, random, now));
    if (at % rowsAtOnce === rowsAtOnce - 1 || at === count - 1) run('commit');
  }
  for (const { sql } of indexes) run(sql);
  run('pragma wal_checkpoint(truncate)');
  database.close();
}

const indexSchema = z.array(z.object({ name: z.string(), sql: z.string() }));

/** Made anew at the end from sorted rows, an index takes a part of the time that it takes row by row. */
function indexesOf(database: ReturnType<typeof openNodeSqlite>) {
  const ask = `select name, sql from sqlite_master where type = 'index' and sql is not null`;
  return indexSchema.parse(database.prepare(ask).all([]));
}

function insertPerson(run: (sql: string, ...values: unknown[]) => void, person: Person): void {
  const { id, userName, displayName, groups, bits, questions, checked } = person;
  run(
    `insert into people (id, user_name, display_name, language, work_mailbox, appeared_at, disabled_at,
       proven_methods, question_count, last_check_at, demanded_at, filled_in) values (?, ?, ?, 'nl', ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    userName,
    displayName,
    sealed,
    person.appeared,
    person.disabled,
    bits,
    questions,
    checked,
    person.demanded,
    person.filledIn ? 1 : 0,
  );
  for (const group of groups)
    run('insert into memberships (person_id, group_name, user_name) values (?, ?, ?)', id, group, userName);
  for (const key of searchKeysOf({ userName, displayName }))
    run('insert into search_keys (user_name, key) values (?, ?)', userName, key);
  if (person.filledIn)
    run(
      `insert into registrations (person_id, method, value, destination) values (?, 'authentication-phone', ?, ?)`,
      id,
      sealed,
      userName,
    );
}

/** As long as a sealed value. */
const sealed = 'x'.repeat(90);
