import { setTimeout } from 'node:timers/promises';
import type { Deps } from '../../src/deps.ts';
import { readImport } from '../../src/imports/import.ts';
import { startCheck, startRun } from '../../src/imports/steps.ts';
import { keepUpload } from '../../src/imports/upload.ts';

const header =
  'Gebruikersnaam;Weergavenaam;Taal;E-mail werk;Kantoortelefoon;Toestel;Groepen;Privé telefoon;Privé e-mail;Toestemming door;Toestemming op;Toestemming hoe\n';

function lineOf(index: number): string {
  const name = `medewerker${index}`;
  const digits = String(index).padStart(7, '0');
  return `${name};Voornaam van der Achternaam ${index};nl;${name}@example.org;020 794 0000;${index % 10_000};"Personeel;Afdeling ${index % 50}";06 1${digits};${name}@example.com;Voornaam Achternaam;2026-10-01;formulier\n`;
}

async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(header);
  for (let at = 0; at < rows; at += 500)
    yield Buffer.from(
      Array.from({ length: Math.min(500, rows - at) }, (_, index) => lineOf(at + index)).join(''),
    );
}

const by = { actor: { kind: 'administrator', id: 'bench' }, language: 'nl' } as const;

/** Follows a step to its end and gives its seconds; the highest memory it saw is left in `peak`. */
async function follow(deps: Deps, id: string, peak: { bytes: number }): Promise<number> {
  const from = performance.now();
  for (;;) {
    const one = await readImport(deps.db, id);
    peak.bytes = Math.max(peak.bytes, process.memoryUsage.rss());
    if (one?.state === 'failed') throw new Error('the import failed');
    if (one?.state !== 'checking' && one?.state !== 'running') return (performance.now() - from) / 1000;
    await setTimeout(20);
  }
}

/** Uploads so many rows, does the dry run and imports them; gives the seconds of both. */
export async function importOnce(deps: Deps, rows: number, peak: { bytes: number }) {
  const kept = await keepUpload(deps, {
    bytes: fileOf(rows),
    fileName: 'bench.csv',
    by: 'bench',
    language: 'nl',
  });
  if (kept.result !== 'kept') throw new Error(kept.result);
  await startCheck(deps, kept.id, by);
  const checked = await follow(deps, kept.id, peak);
  await startRun(deps, kept.id, by);
  return { checked, ran: await follow(deps, kept.id, peak) };
}
