import type { MethodKind } from '../methods/method.ts';
import type { Time } from '../store/schema.ts';
import type { Asked } from './asked.ts';
import type { Person } from './person.ts';

/** One day in milliseconds. */
export const day = 86_400_000;

/** The kinds that a code proves, each with its bit in `people.proven_methods`. */
export const provenBits = {
  'authentication-phone': 1,
  'authentication-email': 2,
  'office-phone': 4,
} as const satisfies Partial<Record<MethodKind, number>>;

export type ProvenKind = keyof typeof provenBits;
export const provenKinds = ['authentication-phone', 'authentication-email', 'office-phone'] as const;

/** The part of a person that these questions are about. */
export type Facts = Pick<
  Person,
  'provenMethods' | 'questionCount' | 'lastCheckAt' | 'demandedAt' | 'appearedAt' | 'disabledAt'
>;

/** What of it the methods say. */
export type Proven = Pick<Facts, 'provenMethods' | 'questionCount'>;

function possessionGates(asked: Asked, facts: Proven): number {
  return provenKinds.filter((kind) => asked.methods.includes(kind) && facts.provenMethods & provenBits[kind])
    .length;
}

/** Gates that count: distinct destinations, plus at most one for the questions, which are never the only one. */
function gates(asked: Asked, facts: Proven, questionsNeeded: number): number {
  const possession = possessionGates(asked, facts);
  const questions = asked.methods.includes('security-questions') && facts.questionCount >= questionsNeeded;
  return possession === 0 ? 0 : possession + (questions ? 1 : 0);
}

/** Registered: has proven what the policy asks to finish registration. */
export function isRegistered(asked: Asked, facts: Proven): boolean {
  return gates(asked, facts, asked.questionsToRegister) >= asked.methodsToRegister;
}

/** Able to reset: the policy lets this person, and what a reset asks has been proven. */
export function isCapable(asked: Asked, facts: Proven): boolean {
  return asked.enabled && gates(asked, facts, asked.questionsToReset) >= asked.methodsToReset;
}

/** What still keeps a person from finishing. */
export interface Missing {
  /** Methods still to prove, counting the questions as one when they can still count. */
  methods: number;
  /** Questions still to answer, when some were answered but not all. */
  questions: number;
  /** Only the questions are there: at least one phone or mailbox is needed. */
  needsPossession: boolean;
}

/** Says exactly what is missing; all zero and false when the policy is met. */
export function missingFor(asked: Asked, facts: Facts): Missing {
  const questionsDone =
    asked.methods.includes('security-questions') && facts.questionCount >= asked.questionsToRegister;
  const possession = possessionGates(asked, facts);
  const counted = possession + (questionsDone ? 1 : 0);
  const started = asked.methods.includes('security-questions') && facts.questionCount > 0 && !questionsDone;
  const registered = isRegistered(asked, facts);
  return {
    methods: registered ? 0 : Math.max(asked.methodsToRegister - counted, possession === 0 ? 1 : 0),
    questions: !registered && started ? asked.questionsToRegister - facts.questionCount : 0,
    needsPossession: !registered && possession === 0 && questionsDone,
  };
}

/** The moment from which a registered person must check the methods again; null when never. */
export function checkDueAt(
  checkAgainAfterDays: number,
  facts: Pick<Facts, 'demandedAt' | 'lastCheckAt'>,
): Time | null {
  if (facts.demandedAt !== null) return facts.demandedAt;
  if (checkAgainAfterDays === 0 || facts.lastCheckAt === null) return null;
  return facts.lastCheckAt + checkAgainAfterDays * day;
}
