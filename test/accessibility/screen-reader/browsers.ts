import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Processes } from '../../helpers/programs.ts';

/** A browser as somebody who listens has it open; each start knows nothing of the last. */
export type StartBrowser = (processes: Processes, url: string) => Promise<void>;

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

const firefoxSettings = {
  'javascript.enabled': false,
  'accessibility.force_disabled': -1,
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.termsofuse.prefs': '',
  'termsofuse.bypassNotification': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'signon.rememberSignons': false,
};

/** Firefox without JavaScript. */
export async function startFirefox(processes: Processes, url: string): Promise<void> {
  const profile = nextProfile(processes);
  await mkdir(profile, { recursive: true });
  const lines = Object.entries(firefoxSettings).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(profile, 'user.js'), lines.join(''));
  await processes.end('browser');
  processes.start('browser', ['firefox-esr', '--no-remote', '--profile', profile, url]);
}
