import type { InferResponseType } from 'hono/client';
import type { Door } from './api.ts';

type Keys = InferResponseType<Door['overview']['$get'], 200>['keys'];

/** How far sealing anew is, while there is something to tell of it: it goes on, or some values cannot be opened. */
export function sealingToTell(keys: Keys): NonNullable<Keys>['sealing'] | undefined {
  if (keys === null) return undefined;
  const { finished, unopenable } = keys.sealing;
  return finished && unopenable === 0 ? undefined : keys.sealing;
}
