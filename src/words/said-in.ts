import type { Language } from './languages.ts';
import { wordsOf } from './words.ts';

/** A sentence of the one catalogue in the words of the other; undefined for what was made of more than words. */
export function saidIn(text: string, from: Language, to: Language): string | undefined {
  return find(text, wordsOf(from), wordsOf(to));
}

function find(text: string, from: unknown, to: unknown): string | undefined {
  if (typeof from === 'string') return from === text && typeof to === 'string' ? to : undefined;
  if (typeof from !== 'object' || from === null || typeof to !== 'object' || to === null) return undefined;
  const others = new Map<string, unknown>(Object.entries(to));
  for (const [name, part] of Object.entries(from)) {
    const found = find(text, part, others.get(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
