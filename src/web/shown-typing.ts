import type { Visit } from './visit.ts';

/** Whether the link followed asks for what is typed to be shown, by this parameter; undefined when no such link was. */
export function asksToShow({ query }: Pick<Visit, 'query'>, parameter: string): boolean | undefined {
  const asked = query[parameter];
  return asked === undefined ? undefined : asked === 'shown';
}
