import { describeMask } from '../methods/mask.ts';
import type { MethodKind } from '../methods/method.ts';
import { formatPhone } from '../methods/phone-number.ts';
import { type Asked, askedOf } from '../people/asked.ts';
import { checkDueAt, type ProvenKind } from '../people/status.ts';
import { type AnsweredQuestion, readAnswers } from '../registrations/answers.ts';
import type { Methods } from '../registrations/registration.ts';
import type { PersonVisit } from '../web/visit.ts';

/** The state of a row, each said in words. */
export type RowState =
  | 'not-set-up'
  | 'filled-in'
  | 'ready'
  | 'check'
  | 'no-office-phone'
  | 'unreadable-office-phone'
  | 'unreadable'
  | 'partly';

/** Something a row offers: a link to a step, or a button that posts at once. */
export interface RowAction {
  kind: 'step' | 'post';
  path: string;
  label: string;
}

/** One row of the checklist. */
export interface Row {
  kind: MethodKind;
  id: string;
  name: string;
  state: RowState;
  stateWords: string;
  /** What it is, masked, or null when there is nothing. */
  what: string | null;
  explanation: string;
  actions: RowAction[];
}

/** What the checklist is drawn from. */
export interface Standing extends Methods {
  asked: Asked;
  answers: AnsweredQuestion[];
}

/** Reads what a person has, and what is asked of them. */
export async function readStanding({ deps, person, policy, methods }: PersonVisit): Promise<Standing> {
  return {
    asked: askedOf(policy, person),
    ...methods,
    // Who answered none is not asked about them again.
    answers: person.questionCount === 0 ? [] : await readAnswers(deps.db, person.id),
  };
}

/** Whether the policy offers this method to the person. */
export function isOffered({ policy, person }: PersonVisit, kind: MethodKind): boolean {
  const asked = askedOf(policy, person);
  return asked.enabled && asked.methods.includes(kind);
}

/** The id of a method's section on the checklist. */
export function rowId(kind: MethodKind): string {
  return `row-${kind}`;
}

/** Says the office phone, with its extension; as the directory has it where that is no number. */
export function officePhoneWords({ t, person }: PersonVisit): string | null {
  const office = person.officePhone;
  if (!office) return person.officePhoneText;
  const number = formatPhone(office.number);
  return office.extension === null ? number : `${number}, ${t.register.extension(office.extension)}`;
}

/** Whether this check of a row is older than the moment from which all must be checked again. */
export function needsCheck({ policy, person, now }: PersonVisit, checkedAt: number | null): boolean {
  const asDue = checkDueAt(policy.checkAgainAfterDays, {
    demandedAt: person.demandedAt,
    lastCheckAt: checkedAt,
  });
  if (asDue === null || asDue > now) return false;
  return person.demandedAt === null || checkedAt === null || checkedAt < person.demandedAt;
}

function addressedState(
  visit: PersonVisit,
  kind: ProvenKind,
  { registrations, unreadable }: Standing,
): RowState {
  const registration = registrations[kind];
  const { officePhone, officePhoneText } = visit.person;
  if (kind === 'office-phone' && !officePhone)
    return officePhoneText === null ? 'no-office-phone' : 'unreadable-office-phone';
  if (unreadable.some((each) => each.kind === kind)) return 'unreadable';
  if (!registration) return 'not-set-up';
  if (registration.provenAt === null) return 'filled-in';
  return needsCheck(visit, registration.checkedAt) ? 'check' : 'ready';
}

function questionsState(visit: PersonVisit, { asked, answers }: Standing): RowState {
  if (answers.length === 0) return 'not-set-up';
  if (answers.length < asked.questionsToRegister) return 'partly';
  return needsCheck(visit, Math.min(...answers.map(({ checkedAt }) => checkedAt))) ? 'check' : 'ready';
}

function actionsOf({ t }: PersonVisit, kind: MethodKind, state: RowState): RowAction[] {
  const path = `/register/${kind}`;
  const words = t.register;
  const change: RowAction = { kind: 'step', path, label: words.change[kind] };
  const remove: RowAction = { kind: 'step', path: `${path}/remove`, label: words.remove[kind] };
  switch (state) {
    case 'no-office-phone':
    case 'unreadable-office-phone':
      return [];
    case 'not-set-up':
      return [{ kind: 'step', path, label: words.setUp[kind] }];
    case 'partly':
      return [{ kind: 'step', path, label: words.setUp[kind] }, remove];
    case 'filled-in':
      return [
        { kind: 'post', path: `${path}/filled-in`, label: words.useFilledIn[kind] },
        { kind: 'step', path, label: words.replaceFilledIn[kind] },
      ];
    case 'ready':
    case 'unreadable':
      return [change, remove];
    case 'check':
      return [{ kind: 'post', path: `${path}/still-right`, label: words.stillRight[kind] }, change, remove];
  }
}

function whatOf(visit: PersonVisit, kind: MethodKind, { registrations }: Standing): string | null {
  if (kind === 'office-phone') return officePhoneWords(visit);
  if (kind === 'security-questions') return null;
  const registration = registrations[kind];
  return registration ? describeMask(visit.t, registration.method) : null;
}

/** Draws up the row of one method. */
export function rowOf(visit: PersonVisit, standing: Standing, kind: MethodKind): Row {
  const { t } = visit;
  const state =
    kind === 'security-questions' ? questionsState(visit, standing) : addressedState(visit, kind, standing);
  const states = t.register.states;
  const done = standing.answers.length;
  return {
    kind,
    id: rowId(kind),
    name: t.methods.names[kind],
    state,
    stateWords: state === 'partly' ? states.partly(done, standing.asked.questionsToRegister) : states[state],
    what: whatOf(visit, kind, standing),
    explanation: t.register.explanations[kind],
    actions: actionsOf(visit, kind, state),
  };
}
