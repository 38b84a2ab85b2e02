import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Secrets } from '../secrets/secrets.ts';
import { isPostgres } from '../store/engine.ts';
import type { Db, Tables, Time } from '../store/schema.ts';
import { type Language, languages } from '../words/languages.ts';

const officePhoneSchema = z.object({ number: z.string(), extension: z.string().nullable() });

/** The number that only an administrator sets: E.164, and the digits of the extension if any. */
export type OfficePhone = z.infer<typeof officePhoneSchema>;

const keptOfficePhoneSchema = z.union([officePhoneSchema, z.object({ text: z.string() })]);

/** An office phone as it is kept: a number, or what a directory elsewhere says that cannot be read as one. */
export type KeptOfficePhone = z.infer<typeof keptOfficePhoneSchema>;

/** A person as Sparekey knows one. */
export interface Person {
  id: string;
  userName: string;
  displayName: string;
  language: Language | null;
  workMailbox: string | null;
  officePhone: OfficePhone | null;
  /** What stands for the office phone in a directory elsewhere and is no number; it is only shown. */
  officePhoneText: string | null;
  groups: readonly string[];
  appearedAt: Time;
  disabledAt: Time | null;
  sessionEpoch: number;
  provenMethods: number;
  questionCount: number;
  lastCheckAt: Time | null;
  demandedAt: Time | null;
  lastSignInAt: Time | null;
  firstAskedAt: Time | null;
  postponedUntil: Time | null;
  /** Since when signing in and resetting are blocked, until an administrator lifts it. */
  blockedAt: Time | null;
  blockedWhy: string | null;
  /** By what a directory elsewhere knows the person for good; null for who was never seen there. */
  directoryId: string | null;
  /** Raised by every change of an administrator. */
  revision: number;
}

/** What reading and writing people needs. */
export interface PeopleStore {
  db: Db;
  sealing: Secrets['sealing'];
}

/** Binds a sealed column of `people` to its person. */
export function peopleBinding(person: string, column: 'work_mailbox' | 'office_phone') {
  return { table: 'people', person, column };
}

function languageOf(stored: string | null): Language | null {
  return languages.find((language) => language === stored) ?? null;
}

type Row = Selectable<Tables['people']>;

const namesSchema = z.array(z.string());

/** People, each with the names of their groups as one JSON text: asked for apart they would cost every page a question. */
export function selectPeople(db: Db) {
  const names = isPostgres(db) ? sql`json_agg(group_name)::text` : sql`json_group_array(group_name)`;
  const own = sql<string | null>`(select ${names} from memberships where person_id = people.id)`;
  return db.selectFrom('people').selectAll().select(own.as('group_names'));
}

/** Makes a person of what `selectPeople` gives. */
export function personOf(store: PeopleStore, row: Row & { group_names: string | null }): Person {
  return personFrom(store, row, namesSchema.parse(JSON.parse(row.group_names ?? '[]')));
}

/** Makes a person of a row of `people` and the groups of that person; what is sealed opens when it is asked for. */
export function personFrom({ sealing }: PeopleStore, row: Row, groups: readonly string[]): Person {
  const open = (column: 'work_mailbox' | 'office_phone') => {
    const sealed = row[column];
    return sealed === null ? null : sealing.open(sealed, peopleBinding(row.id, column));
  };
  const office = () => {
    const kept = open('office_phone');
    return kept === null ? null : keptOfficePhoneSchema.parse(JSON.parse(kept));
  };
  return {
    id: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    language: languageOf(row.language),
    get workMailbox() {
      return open('work_mailbox');
    },
    get officePhone() {
      const kept = office();
      return kept && 'number' in kept ? kept : null;
    },
    get officePhoneText() {
      const kept = office();
      return kept && 'text' in kept ? kept.text : null;
    },
    groups,
    appearedAt: row.appeared_at,
    disabledAt: row.disabled_at,
    sessionEpoch: row.session_epoch,
    provenMethods: row.proven_methods,
    questionCount: row.question_count,
    lastCheckAt: row.last_check_at,
    demandedAt: row.demanded_at,
    lastSignInAt: row.last_sign_in_at,
    firstAskedAt: row.first_asked_at,
    postponedUntil: row.postponed_until,
    blockedAt: row.blocked_at,
    blockedWhy: row.blocked_why,
    directoryId: row.directory_id,
    revision: row.revision,
  };
}

/** Reads the person with this id. */
export async function readPerson(store: PeopleStore, id: string): Promise<Person | undefined> {
  const row = await selectPeople(store.db).where('id', '=', id).executeTakeFirst();
  return row && personOf(store, row);
}

/** Finds the person with this user name, which must be in normal form. */
export async function findPerson(store: PeopleStore, userName: string): Promise<Person | undefined> {
  const row = await selectPeople(store.db).where('user_name', '=', userName).executeTakeFirst();
  return row && personOf(store, row);
}

/** Tells, inside a transaction, whether a person may still go on: there, neither disabled nor blocked, sessions not ended since. */
export async function mayGoOn(tx: Db, person: Person): Promise<boolean> {
  const row = await tx
    .selectFrom('people')
    .select('id')
    .where('id', '=', person.id)
    .where('disabled_at', 'is', null)
    .where('blocked_at', 'is', null)
    .where('session_epoch', '=', person.sessionEpoch)
    .executeTakeFirst();
  return row !== undefined;
}
