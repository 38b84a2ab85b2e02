/** Parts of an address that all of one network share, and so say something to whoever reads them. */
const v4Parts = 3;
const v6Parts = 3;

/**
 * Says from where a request came, as far as a network address tells: its beginning, never the whole. null when there is
 * none, or when it is this machine's own.
 */
export function placeOf(address: string | null): string | null {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/i.exec(address ?? '')?.[1];
  if (v4 !== undefined) return v4.startsWith('127.') ? null : v4.split('.').slice(0, v4Parts).join('.');
  if (address === null || !/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return null;
  const groups = (address.split('::')[0] ?? '').split(':').filter(Boolean).slice(0, v6Parts);
  return groups.length === 0 ? null : groups.join(':');
}
