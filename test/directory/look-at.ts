import { Writable } from 'node:stream';
import { examine } from '../../src/commands/doctor.ts';
import { readConfig } from '../../src/config/config.ts';

/** What the doctor says of the directory. */
export async function lookAt(env: Record<string, string>): Promise<string[]> {
  const written: string[] = [];
  const out = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  await examine({ config: readConfig(env), now: Date.now }, { out });
  return written.filter((line) => line.includes(' Directory: '));
}
