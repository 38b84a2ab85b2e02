import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Check, type Finding, fault, good, hint } from './check.ts';

const enough = 1024 ** 3;

/** The data folder: there, writable, nobody else's, with room left. */
export const folder: Check = {
  name: 'DATA_DIR',
  async run({ config: { dataDir } }) {
    const found = await stat(dataDir).catch(() => undefined);
    if (!found) return [hint(`${dataDir} is not there yet: the first start makes it.`)];
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    return [
      (await isWritable(dataDir))
        ? good(`${dataDir} can be written.`)
        : fault(`${dataDir} cannot be written.`, 'Give the user that Sparekey runs as rights to it.'),
      ...privacyOf(dataDir, found.mode),
      free > enough
        ? good(`${Math.floor(free / enough)} GiB are free.`)
        : fault('Less than 1 GiB is free.', 'Make room, or move DATA_DIR to a larger disk.'),
    ];
  },
};

/** The key ring: readable by its owner only. */
export const keyRing: Check = {
  name: 'Key ring',
  async run({ config: { keyRingFile } }) {
    const found = await stat(keyRingFile).catch(() => undefined);
    if (!found) return [hint('There are no keys yet: the first start makes them.')];
    const faults = [
      ...privacyOf(dirname(keyRingFile), (await stat(dirname(keyRingFile))).mode),
      ...privacyOf(keyRingFile, found.mode),
    ];
    return faults.length > 0
      ? faults
      : [good('The keys are their owner’s alone. Back them up apart from the data.')];
  },
};

function privacyOf(path: string, mode: number): Finding[] {
  if ((mode & 0o077) === 0) return [];
  return [fault(`Others may come into ${path}.`, `chmod go= ${path}`)];
}

function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
