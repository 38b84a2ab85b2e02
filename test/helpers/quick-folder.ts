import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder in memory, as every Linux has it. */
const inMemory = '/dev/shm';
/** What all that a run writes fits in, with as much left for the run itself. */
const enough = 4 * 1024 ** 3;

function isRoomy(): boolean {
  if (!existsSync(inMemory)) return false;
  const { bavail, bsize } = statfsSync(inMemory);
  return Math.min(bavail * bsize, process.availableMemory()) >= enough;
}

/**
 * Lets temporary folders be made in memory where there is room: tests commit thousands of times, and on a disk two tests
 * in three wait for it most of their time. What is killed is not gone from there; only a power cut would be, and no test
 * can cut that. Returns what removes them all.
 */
export function setup(): () => void {
  if (process.env.TEST_DISK !== undefined || !isRoomy()) return () => {};
  process.env.TEST_DISK = tmpdir();
  const folder = mkdtempSync(join(inMemory, 'sparekey-tests-'));
  // As that of the system: PostgreSQL and others have users of their own.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Where temporary folders are on the disk: for what is to meet a disk, or to be kept from one run to the next. */
export function diskFolder(): string {
  return process.env.TEST_DISK ?? tmpdir();
}
