import { newId } from '../secrets/random.ts';

/** Links shows a page again as it was at first, whatever was said of keeping it; ELinks asks again, as others do. */
const remembers = /^Links\b/;

/**
 * Gives the path for a browser to be sent to so that it asks for the page: to Links an address that it has not seen yet,
 * or what is wrong with a form and what has become ready would never be shown.
 */
export function unseenPath(userAgent: string | undefined, path: string): string {
  if (!remembers.test(userAgent ?? '')) return path;
  const url = new URL(path, 'http://own.invalid');
  url.searchParams.set('again', newId());
  return url.pathname + url.search + url.hash;
}
