import { keepLast } from '../keep-last.ts';
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

/** Making a format costs as much as a small page, so each is made once. */
const formats = {
  date: formatsOf({ dateStyle: 'long' }),
  moment: formatsOf({ dateStyle: 'long', timeStyle: 'short' }),
};

function formatsOf(style: Intl.DateTimeFormatOptions) {
  return {
    nl: new Intl.DateTimeFormat(locales.nl, style),
    en: new Intl.DateTimeFormat(locales.en, style),
  };
}

/** In no time zone does a day begin within a quarter of an hour: the date is the same for all of it. */
const quarter = 900_000;
/** How many of them are kept in words: those of three weeks. */
const mostQuarters = 2000;

const dates = {
  nl: keepLast(mostQuarters, (at: number) => formats.date.nl.format(at * quarter)),
  en: keepLast(mostQuarters, (at: number) => formats.date.en.format(at * quarter)),
};

/** Says a date as people do. */
export function dateWords({ language }: Pick<Visit, 'language'>, at: Time): string {
  return dates[language](Math.floor(at / quarter));
}

/** Says a date with its time, as people do. */
export function momentWords({ language }: Visit, at: Time): string {
  return formats.moment[language].format(at);
}
