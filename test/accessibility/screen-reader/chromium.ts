import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Processes } from '../../helpers/programs.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=Translate',
  '--password-store=basic',
  '--force-renderer-accessibility',
];

let profiles = 0;

function nextProfile(processes: Processes): string {
  profiles += 1;
  return join(processes.folder, `profile-${profiles}`);
}

/** Chromium with JavaScript; it offers to keep nothing. */
export async function startChromium(processes: Processes, url: string): Promise<void> {
  const profile = nextProfile(processes);
  await mkdir(join(profile, 'Default'), { recursive: true });
  const settings = {
    credentials_enable_service: false,
    profile: { password_manager_enabled: false, password_manager_leak_detection: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
  };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  await processes.end('browser');
  processes.start('browser', ['chromium', ...quiet, `--user-data-dir=${profile}`, url]);
}
