import { isReadable, newReadable } from '../secrets/random.ts';

/** How many signs a code has without its hyphens. */
const signs = 16;

/** Makes a code of 80 random bits, to be read aloud in four groups of four signs with hyphens between. */
export function newAccessCode(): string {
  return newReadable();
}

/** Brings a typed code into its one form (any case, spaces and hyphens anywhere); undefined when it can be none. */
export function parseAccessCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const code = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, '');
  return code.length === signs && isReadable(code) ? code : undefined;
}
