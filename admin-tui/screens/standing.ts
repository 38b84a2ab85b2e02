import type { Tools } from '../stage/screen.ts';

interface Standing {
  disabledAt: string | null;
  blockedAt: string | null;
  enabled: boolean;
  ableToReset: boolean;
  registered: boolean;
  questionsAnswered: number;
}

/** Where a person stands, in a word or two. */
export function standingWord(
  { all }: Pick<Tools, 'all'>,
  person: Standing & { proven: readonly unknown[] },
): string {
  const { states } = all.admin.terminal;
  if (person.disabledAt !== null) return states.disabled;
  if (person.blockedAt !== null) return all.people.states.blocked;
  if (!person.enabled) return states.notEnabled;
  if (person.ableToReset) return states.ready;
  if (person.registered) return states.registered;
  return person.proven.length > 0 || person.questionsAnswered > 0 ? states.partly : states.nothing;
}

/** A day of the door, as `2026-11-01`; nothing as a dash. */
export function dayOf(iso: string | null): string {
  return iso === null ? '–' : iso.slice(0, 10);
}

/** A moment of the door in this machine’s own time, as `2026-11-01 14:05`. */
export function momentOf(iso: string | null): string {
  if (iso === null) return '–';
  const at = new Date(iso);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** A number as people read it: with its thousands apart. */
export function countOf({ session }: Pick<Tools, 'session'>, count: number): string {
  return new Intl.NumberFormat(session.language).format(count);
}
