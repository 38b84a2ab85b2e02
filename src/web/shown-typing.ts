import type { Visit } from './visit.ts';

/** Whether the link followed asks for what is typed to be shown, by this parameter; undefined when no such link was. */
export function asksToShow({ req }: Pick<Visit, 'req'>, parameter: string): boolean | undefined {
  const asked = req.query[parameter];
  return asked === undefined ? undefined : asked === 'shown';
}
