import { randomUUID } from 'node:crypto';
import { migrate, openDatabase } from '../../src/store/database.ts';
import { askServer, databaseAt } from '../helpers/database.ts';

function onBroken(error: Error): void {
  throw error;
}

/** Makes the database that every other of this run is copied from: its tables are made once, not for each house. */
export async function setup(): Promise<void> {
  const name = `template_${randomUUID().replaceAll('-', '')}`;
  await askServer(`create database "${name}"`);
  const db = openDatabase({ databaseUrl: databaseAt(name), databaseFile: '' }, { onBroken });
  await migrate(db);
  await db.destroy();
  process.env.TEST_POSTGRES_TEMPLATE = name;
}

/** Removes it when the run is over. */
export async function teardown(): Promise<void> {
  await askServer(`drop database if exists "${process.env.TEST_POSTGRES_TEMPLATE}" with (force)`);
}
