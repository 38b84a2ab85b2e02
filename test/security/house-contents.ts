import { sql } from 'kysely';
import { pages } from '../../src/web-app.ts';
import { sessionsInRedis } from '../helpers/database.ts';
import type { TestHouse } from '../helpers/test-house.ts';

/** Everything the database holds, table by table, but for sessions, whose expiry every visit moves on. */
export async function contentsOf({ deps: { db } }: TestHouse): Promise<Record<string, unknown[]>> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => name !== 'sessions');
  const contents: Record<string, unknown[]> = {};
  for (const { name } of tables)
    contents[name] = (await sql`select * from ${sql.table(name)} order by 1, 2`.execute(db)).rows;
  return contents;
}

/** Every session as it is kept, sealed: the rows of the table, or what Redis holds. */
export async function sessionsOf({ deps: { db }, folder }: TestHouse): Promise<string[]> {
  const rows = await db.selectFrom('sessions').selectAll().execute();
  return [...rows.map((row) => JSON.stringify(row)), ...(await sessionsInRedis(folder))];
}

/** The path of every page there is, with a place where one is asked. */
export const allPaths = pages.map(({ path }) => path.replace(':place', '1'));

/** The path of every page that takes a form. */
export const formPaths = pages
  .filter(({ takesForms }) => takesForms)
  .map(({ path }) => path.replace(':place', '1'));

/** Whether a page is for who cannot sign in, or need not: it shows itself, whoever asks. */
export function isForAnybody(path: string): boolean {
  return /^\/(reset|redeem|stop)(\/|$)/.test(path) && path !== '/redeem/password';
}

/** What htmx sends along from the row of a method. */
export function htmxHeaders(row: string): Record<string, string> {
  return { 'HX-Request': 'true', 'HX-Request-Type': 'partial', 'HX-Target': `section#${row}` };
}
