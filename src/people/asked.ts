import type { MethodKind } from '../methods/method.ts';
import type { Policy } from '../policy/policy.ts';
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

function isEnabled(policy: Policy, groups: readonly string[]): boolean {
  const { enabledFor } = policy;
  switch (enabledFor.who) {
    case 'nobody':
      return false;
    case 'everybody':
      return true;
    case 'groups':
      return (
        enabledFor.groups.some((group) => groups.includes(group)) &&
        !enabledFor.except.some((group) => groups.includes(group))
      );
  }
}

function phoneChannels(policy: Policy): ('text' | 'call')[] {
  return [...(policy.phoneText ? ['text' as const] : []), ...(policy.phoneCall ? ['call' as const] : [])];
}

function methodsOf(policy: Policy, privileged: boolean): MethodKind[] {
  const enabled: [MethodKind, boolean][] = [
    ['authentication-phone', phoneChannels(policy).length > 0],
    ['authentication-email', policy.authenticationEmail],
    ['office-phone', policy.officePhone],
    ['security-questions', policy.securityQuestions && !privileged],
  ];
  return enabled.filter(([, on]) => on).map(([kind]) => kind);
}

/** Applies the policy to a person: members of a privileged group always need two methods and never questions. */
export function askedOf(policy: Policy, { groups }: Pick<Person, 'groups'>): Asked {
  const privileged = policy.privilegedGroups.some((group) => groups.includes(group));
  return {
    enabled: isEnabled(policy, groups),
    methods: methodsOf(policy, privileged),
    phoneChannels: phoneChannels(policy),
    methodsToReset: privileged ? 2 : policy.methodsToReset,
    methodsToRegister: privileged ? Math.max(2, policy.methodsToRegister) : policy.methodsToRegister,
    questionsToReset: policy.questionsToReset,
    questionsToRegister: policy.questionsToRegister,
  };
}
