/**
 * Gives back a return path if it is one of our own, else null: it begins with one slash, holds no backslash, control
 * character or scheme, and stays on this origin when a browser resolves it (S53).
 */
export function ownPath(path: unknown): string | null {
  if (typeof path !== 'string' || path.length > 500) return null;
  // Plain names one after another, which resolving would leave as they are.
  if (/^(?:\/[a-z0-9-]+)+$/.test(path)) return path;
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(path) || path.includes('\\') || /%5c|%2f|%00/i.test(path))
    return null;
  const resolved = new URL(path, 'http://own.invalid');
  if (resolved.origin !== 'http://own.invalid' || resolved.pathname.startsWith('//')) return null;
  return resolved.pathname + resolved.search;
}
