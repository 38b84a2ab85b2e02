import type { Sealing } from '../secrets/sealing.ts';
import { type AddressedMethod, destinationKey } from './method.ts';

/**
 * What stands in the store for a destination: a keyed fingerprint of today's key, made anew with every rotation. Two that
 * were stored are not compared, since each may be of another key: open the values and compare `destinationKey`.
 */
export function destinationFingerprint(
  { secrets }: { secrets: { sealing: Pick<Sealing, 'fingerprintOfToday'> } },
  method: AddressedMethod,
): string {
  return secrets.sealing.fingerprintOfToday('destination', destinationKey(method));
}
