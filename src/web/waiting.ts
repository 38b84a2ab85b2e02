import type { Time } from '../store/schema.ts';
import type { Visit } from './visit.ts';

/** Says how long it is until then, rounded up, in the largest unit that says it well. */
export function waitWords({ t, now }: Visit, until: Time): string {
  const seconds = Math.max(Math.ceil((until - now) / 1000), 1);
  if (seconds < 120) return t.common.seconds(seconds);
  if (seconds < 7200) return t.common.minutes(Math.ceil(seconds / 60));
  return t.common.hours(Math.ceil(seconds / 3600));
}

const locales = { nl: 'nl-NL', en: 'en-GB' } as const;

/** Says a date as people do. */
export function dateWords({ language }: Visit, at: Time): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long' }).format(at);
}

/** Says a date with its time, as people do. */
export function momentWords({ language }: Visit, at: Time): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short' }).format(at);
}
