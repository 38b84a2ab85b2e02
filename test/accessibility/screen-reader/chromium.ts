import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quiet } from '../../helpers/chromium.ts';
import type { Processes } from '../../helpers/programs.ts';

const listenedTo = [
  ...quiet,
  // No bar that warns of running without a sandbox, which would be read out with each page.
  '--test-type',
  '--disable-features=Translate,PaintHolding',
  // Otherwise keys that come before a page was painted are thrown away, and on a machine that works hard that takes a while.
  '--allow-pre-commit-input',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--password-store=basic',
  '--force-renderer-accessibility',
];

/** Chromium with JavaScript, in a window of the page alone: Tab goes round without a browser's own buttons. It offers to keep nothing. */
export async function startChromium(processes: Processes, url: string): Promise<void> {
  const profile = join(processes.folder, 'profile');
  await mkdir(join(profile, 'Default'), { recursive: true });
  const settings = {
    credentials_enable_service: false,
    profile: { password_manager_enabled: false, password_manager_leak_detection: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
  };
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  processes.start('browser', ['chromium', ...listenedTo, `--user-data-dir=${profile}`, `--app=${url}`]);
}
