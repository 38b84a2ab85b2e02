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

/** A person as Sparekey knows one: a row of `people` and the groups; what is sealed opens when it is asked for. */
export class Person {
  readonly #sealing: Secrets['sealing'];
  readonly #row: Row;
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
  readonly language: Language | null;
  readonly groups: readonly string[];
  readonly appearedAt: Time;
  readonly disabledAt: Time | null;
  readonly sessionEpoch: number;
  readonly provenMethods: number;
  readonly questionCount: number;
  readonly lastCheckAt: Time | null;
  readonly demandedAt: Time | null;
  readonly lastSignInAt: Time | null;
  readonly firstAskedAt: Time | null;
  readonly postponedUntil: Time | null;
  /** Since when signing in and resetting are blocked, until an administrator lifts it. */
  readonly blockedAt: Time | null;
  readonly blockedWhy: string | null;
  /** By what a directory elsewhere knows the person for good; null for who was never seen there. */
  readonly directoryId: string | null;
  /** Raised by every change of an administrator. */
  readonly revision: number;

  constructor({ sealing }: Pick<PeopleStore, 'sealing'>, row: Row, groups: readonly string[]) {
    this.#sealing = sealing;
    this.#row = row;
    this.id = row.id;
    this.userName = row.user_name;
    this.displayName = row.display_name;
    this.language = languageOf(row.language);
    this.groups = groups;
    this.appearedAt = row.appeared_at;
    this.disabledAt = row.disabled_at;
    this.sessionEpoch = row.session_epoch;
    this.provenMethods = row.proven_methods;
    this.questionCount = row.question_count;
    this.lastCheckAt = row.last_check_at;
    this.demandedAt = row.demanded_at;
    this.lastSignInAt = row.last_sign_in_at;
    this.firstAskedAt = row.first_asked_at;
    this.postponedUntil = row.postponed_until;
    this.blockedAt = row.blocked_at;
    this.blockedWhy = row.blocked_why;
    this.directoryId = row.directory_id;
    this.revision = row.revision;
  }

  /** The person as they are once this has been written to the row. */
  after(written: Partial<Row>): Person {
    return new Person({ sealing: this.#sealing }, { ...this.#row, ...written }, this.groups);
  }

  get workMailbox(): string | null {
    return this.#open('work_mailbox');
  }

  get officePhone(): OfficePhone | null {
    const kept = this.#officePhone();
    return kept && 'number' in kept ? kept : null;
  }

  /** What stands for the office phone in a directory elsewhere and is no number; it is only shown. */
  get officePhoneText(): string | null {
    const kept = this.#officePhone();
    return kept && 'text' in kept ? kept.text : null;
  }

  #officePhone(): KeptOfficePhone | null {
    const kept = this.#open('office_phone');
    return kept === null ? null : keptOfficePhoneSchema.parse(JSON.parse(kept));
  }

  #open(column: 'work_mailbox' | 'office_phone'): string | null {
    const sealed = this.#row[column];
    return sealed === null ? null : this.#sealing.open(sealed, peopleBinding(this.id, column));
  }
}

/** People, each with the names of their groups as one JSON text: asked for apart they would cost every page a question. */
export function selectPeople(db: Db) {
  const names = isPostgres(db) ? sql`json_agg(group_name)::text` : sql`json_group_array(group_name)`;
  const own = sql<string | null>`(select ${names} from memberships where person_id = people.id)`;
  return db.selectFrom('people').selectAll().select(own.as('group_names'));
}

/** Makes a person of what `selectPeople` gives. */
export function personOf(store: PeopleStore, row: Row & { group_names: string | null }): Person {
  const names: string[] = JSON.parse(row.group_names ?? '[]');
  return new Person(store, row, names);
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
