import { checkEmailAddress } from '../methods/email-form.ts';
import { changeableOf, type PersonChange } from '../people/change-person.ts';
import type { OfficePhone, Person } from '../people/person.ts';
import type { NewPerson } from '../people/write-person.ts';
import type { ImportField } from './fields.ts';
import { type FillIn, fillInOf, isSame, stepFor } from './fill-in.ts';
import { type FilledInKind, filledInKinds, type Known } from './known.ts';
import type { RowProblem, RowProblemCode } from './problem.ts';
import type { ImportedRow } from './row.ts';
import type { RowRules } from './rules.ts';

/** Somebody new, as a row tells of them. */
export interface Fresh extends NewPerson {
  disabled: boolean;
  fillIns: FillIn[];
}

/** What a row makes different of somebody known; an absent office phone stays, null clears it. */
export interface Difference {
  person: Person;
  change: PersonChange;
  officePhone: OfficePhone | null | undefined;
  fillIns: FillIn[];
  clears: FilledInKind[];
}

/** What is to become of a row; notes are what was left out of it, and why. */
export type Verdict =
  | { outcome: 'refused'; problems: RowProblem[] }
  | { outcome: 'same'; notes: RowProblem[] }
  | { outcome: 'created'; fresh: Fresh; notes: RowProblem[] }
  | { outcome: 'updated' | 'disabled'; difference: Difference; notes: RowProblem[] };

/** Judges a row by what is known of the person: a pure function, the same for a dry run and a run. */
export function judgeRow(rules: RowRules, row: ImportedRow, known: Known | undefined): Verdict {
  const office = officeOf(row, known);
  if (office.result === 'refused')
    return { outcome: 'refused', problems: [problem(rules, 'extension', office.why)] };
  const problems = problemsOfMethods(rules, row, { known, office: office.phone });
  if (problems.length > 0) return { outcome: 'refused', problems };
  return known
    ? judgeKnown(rules, row, { ...known, office: office.phone })
    : judgeNew(rules, row, office.phone);
}

function problem(rules: RowRules, field: ImportField, code: RowProblemCode): RowProblem {
  const place = rules.places.get(field);
  return { code, column: place === undefined ? null : (rules.columns[place]?.header ?? null) };
}

type Office =
  | { result: 'office'; phone: OfficePhone | null | undefined }
  | { result: 'refused'; why: 'extension-without-number' };

/** The office phone as the row wants it: a known extension stays while its number does. */
function officeOf({ officePhone, extension }: ImportedRow, known: Known | undefined): Office {
  const before = known?.person.officePhone ?? null;
  if (officePhone === null) return { result: 'office', phone: null };
  if (officePhone) {
    const kept = before?.number === officePhone.number ? before.extension : null;
    const own = officePhone.extension === undefined ? kept : officePhone.extension;
    return { result: 'office', phone: { number: officePhone.number, extension: own } };
  }
  if (extension === undefined) return { result: 'office', phone: undefined };
  if (before) return { result: 'office', phone: { number: before.number, extension } };
  return extension === null
    ? { result: 'office', phone: undefined }
    : { result: 'refused', why: 'extension-without-number' };
}

/** What phone and e-mail must differ from is known only now. */
function problemsOfMethods(
  rules: RowRules,
  row: ImportedRow,
  { known, office }: { known: Known | undefined; office: OfficePhone | null | undefined },
): RowProblem[] {
  const officeNumber = (office === undefined ? known?.person.officePhone : office)?.number;
  const mailbox = row.workMailbox === undefined ? (known?.person.workMailbox ?? null) : row.workMailbox;
  const own =
    row.email && mailbox !== null
      ? checkEmailAddress(row.email, { ownDomains: [], ownMailbox: mailbox }).result
      : 'address';
  return [
    ...(row.phone && row.phone.number === officeNumber
      ? [problem(rules, 'phone', 'phone-equals-office-phone')]
      : []),
    ...(own === 'address' ? [] : [problem(rules, 'email', own)]),
  ];
}

function judgeNew(rules: RowRules, row: ImportedRow, office: OfficePhone | null | undefined): Verdict {
  const { displayName } = row;
  if (displayName === undefined)
    return { outcome: 'refused', problems: [problem(rules, 'displayName', 'display-name-missing')] };
  const fresh: Fresh = {
    userName: row.userName,
    displayName,
    language: row.language ?? null,
    workMailbox: row.workMailbox ?? null,
    officePhone: office ?? null,
    groups: row.groups ?? [],
    disabled: row.disabled ?? false,
    fillIns: filledInKinds.map((kind) => fillInOf(row, kind)).filter((fillIn) => !!fillIn),
  };
  return { outcome: 'created', fresh, notes: [] };
}

function judgeKnown(
  rules: RowRules,
  row: ImportedRow,
  { person, methods, office }: Known & { office: OfficePhone | null | undefined },
): Verdict {
  const notes: RowProblem[] = [];
  const difference: Difference = {
    person,
    change: changeOf(row, person),
    officePhone: isSame(office, person.officePhone) ? undefined : office,
    fillIns: [],
    clears: [],
  };
  for (const kind of filledInKinds) {
    const wanted = fillInOf(row, kind);
    const step = stepFor(wanted, methods[kind]);
    if (step === 'fill-in' && wanted) difference.fillIns.push(wanted);
    if (step === 'clear') difference.clears.push(kind);
    const field = kind === 'authentication-phone' ? 'phone' : 'email';
    if (step === 'already-proven') notes.push(problem(rules, field, step));
  }
  if (isNothing(difference)) return { outcome: 'same', notes };
  return { outcome: difference.change.disabled ? 'disabled' : 'updated', difference, notes };
}

/** Only what would be different. */
function changeOf(row: ImportedRow, person: Person): PersonChange {
  const known = changeableOf(person);
  const pick = <K extends keyof PersonChange>(name: K) =>
    row[name] === undefined || isSame(row[name], known[name]) ? {} : { [name]: row[name] };
  return {
    ...pick('displayName'),
    ...pick('language'),
    ...pick('workMailbox'),
    ...pick('groups'),
    ...pick('disabled'),
  };
}

function isNothing({ change, officePhone, fillIns, clears }: Difference): boolean {
  return (
    Object.keys(change).length === 0 &&
    officePhone === undefined &&
    fillIns.length === 0 &&
    clears.length === 0
  );
}
