import type { MethodKind } from '../methods/method.ts';
import type { Asking } from '../policy/askings.ts';
import type { Person } from './person.ts';

/** What the policy asks of one person: their groups have been looked at, their own standing not. */
export interface Asked {
  enabled: boolean;
  methods: readonly MethodKind[];
  phoneChannels: readonly ('text' | 'call')[];
  methodsToReset: number;
  methodsToRegister: number;
  questionsToReset: number;
  questionsToRegister: number;
}

/** Tells whether a person is in at least one of these groups. */
export type IsInAny = (groups: readonly string[]) => boolean;

/** All that the policy wants to know of a person's groups. */
export interface Placing {
  enabled: boolean;
  privileged: boolean;
}

/** Tells whether the policy lets somebody take part of whose groups `isInAny` tells. */
export function isEnabled({ enabledFor }: Asking, isInAny: IsInAny): boolean {
  switch (enabledFor.who) {
    case 'nobody':
      return false;
    case 'everybody':
      return true;
    case 'groups':
      return isInAny(enabledFor.groups) && !isInAny(enabledFor.except);
  }
}

/** Places a person by what is told of their groups. */
export function placeOf(asking: Asking, isInAny: IsInAny): Placing {
  return { enabled: isEnabled(asking, isInAny), privileged: isInAny(asking.privilegedGroups) };
}

/** Tells of somebody in these groups whether they are in any of others. */
export function memberOf(groups: readonly string[]): IsInAny {
  return (others) => others.some((group) => groups.includes(group));
}

function phoneChannels(asking: Asking): ('text' | 'call')[] {
  return [...(asking.phoneText ? ['text' as const] : []), ...(asking.phoneCall ? ['call' as const] : [])];
}

function methodsOf(asking: Asking, privileged: boolean): MethodKind[] {
  const enabled: [MethodKind, boolean][] = [
    ['authentication-phone', phoneChannels(asking).length > 0],
    ['authentication-email', asking.authenticationEmail],
    ['office-phone', asking.officePhone],
    ['security-questions', asking.securityQuestions && !privileged],
  ];
  return enabled.filter(([, on]) => on).map(([kind]) => kind);
}

/** What is asked of whoever is placed so: members of a privileged group always need two methods and never questions. */
export function askedAt(asking: Asking, { enabled, privileged }: Placing): Asked {
  return {
    enabled,
    methods: methodsOf(asking, privileged),
    phoneChannels: phoneChannels(asking),
    methodsToReset: privileged ? 2 : asking.methodsToReset,
    methodsToRegister: privileged ? Math.max(2, asking.methodsToRegister) : asking.methodsToRegister,
    questionsToReset: asking.questionsToReset,
    questionsToRegister: asking.questionsToRegister,
  };
}

/** Applies the policy to a person. */
export function askedOf(policy: Asking, { groups }: Pick<Person, 'groups'>): Asked {
  return askedAt(policy, placeOf(policy, memberOf(groups)));
}
