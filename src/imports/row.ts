import { parseEmailAddress } from '../methods/email-address.ts';
import { parseOfficePhone } from '../methods/office-phone.ts';
import type { OfficePhone } from '../people/person.ts';
import { isUserName, longestUserName, normaliseUserName } from '../people/user-name.ts';
import type { Time } from '../store/schema.ts';
import type { Language } from '../words/languages.ts';
import { foldLines, readChannel, readDay, readGroups, readLanguage, readLine, readYesNo } from './cells.ts';
import { consentFields, type ImportField } from './fields.ts';
import type { RowProblem } from './problem.ts';
import type { CsvRow } from './records.ts';
import { type Cells, kept, note, optional, required, textOf } from './row-cells.ts';
import type { PhoneValue, RowRules } from './rules.ts';

/** What a row says of a person; what is absent stays as it is, null empties. */
export interface ImportedRow {
  line: number;
  userName: string;
  displayName?: string | undefined;
  language?: Language | null | undefined;
  workMailbox?: string | null | undefined;
  /** Without an extension of its own here (undefined) a known one stays while the number does. */
  officePhone?: { number: string; extension: string | null | undefined } | null | undefined;
  /** The extension alone, for a number that is known already. */
  extension?: string | null | undefined;
  groups?: readonly string[] | undefined;
  disabled?: boolean | undefined;
  phone?: PhoneValue | null | undefined;
  email?: string | null | undefined;
  consent?: { givenBy: string; givenAt: Time; how: string } | undefined;
}

export type ReadRow =
  | { result: 'row'; row: ImportedRow }
  | { result: 'refused'; line: number; userName: string; problems: RowProblem[] };

/** Reads one row by the rules; everything that is wrong with it is told at once. */
export function readRow(rules: RowRules, { line, cells }: CsvRow): ReadRow {
  if (cells === null) return refusedRow(line, '', [{ code: 'line-unreadable', column: null }]);
  const at: Cells = { rules, cells, problems: [] };
  const typed = textOf(at, 'userName') ?? '';
  const shown = foldLines(typed).slice(0, longestUserName);
  const whole = problemsOfLine(at);
  if (whole.length > 0) return refusedRow(line, shown, whole);
  const userName = readUserName(at, typed);
  const row = { line, userName, ...readAbout(at), ...readPlaces(at), ...readMethods(at) };
  return at.problems.length === 0 ? { result: 'row', row } : refusedRow(line, shown, inOrder(at));
}

function refusedRow(line: number, userName: string, problems: RowProblem[]): ReadRow {
  return { result: 'refused', line, userName, problems };
}

/** Problems from left to right, as the eye goes through the row. */
function inOrder({ rules, problems }: Cells): RowProblem[] {
  const headers = rules.columns.map(({ header }) => header);
  const place = ({ column }: RowProblem) => (column === null ? -1 : headers.indexOf(column));
  return problems.toSorted((one, other) => place(one) - place(other));
}

/** What makes a row unusable whatever its cells hold. */
function problemsOfLine({ rules, cells }: Cells): RowProblem[] {
  const extra = cells.slice(rules.columns.length).some((cell) => cell.trim() !== '');
  if (extra) return [{ code: 'too-many-cells', column: null, detail: rules.columns.length }];
  const lost = cells.findIndex((cell) => cell.includes('\ufffd'));
  if (lost < 0) return [];
  return [{ code: 'letters-unreadable', column: rules.columns[lost]?.header ?? null }];
}

function readUserName(at: Cells, typed: string): string {
  const name = normaliseUserName(typed);
  if (name === '') note(at, 'userName', 'user-name-missing');
  else if (typed.length > 100) required(at, 'userName', { result: 'too-long', most: 100 });
  else if (!isUserName(name)) note(at, 'userName', 'user-name-unusable');
  return name;
}

const longestName = 200;

function readAbout(at: Cells) {
  const disabled = kept(at, 'disabled', optional(at, 'disabled', readYesNo));
  const enabled = kept(at, 'enabled', optional(at, 'enabled', readYesNo));
  const groups = optional(at, 'groups', readGroups);
  return {
    displayName: readDisplayName(at),
    language: optional(at, 'language', readLanguage),
    groups: groups === null ? [] : groups,
    disabled: disabled ?? (enabled === undefined ? undefined : !enabled),
  };
}

/** A whole name, or else its parts in the order in which they are said. */
function readDisplayName(at: Cells): string | undefined {
  const line = (field: ImportField) => optional(at, field, (text) => readLine(text, longestName));
  const whole = kept(at, 'displayName', line('displayName'));
  if (whole !== undefined || at.rules.places.has('displayName')) return whole;
  const parts = (['givenName', 'namePrefix', 'familyName'] as const).map(line);
  return (
    parts
      .filter((part) => part)
      .join(' ')
      .slice(0, longestName) || undefined
  );
}

function readPlaces(at: Cells) {
  const workMailbox = optional(at, 'workMailbox', (text) => {
    const read = parseEmailAddress(text);
    return read.result === 'address' ? { result: 'read', value: read.address } : read;
  });
  const extension = optional(at, 'extension', (text) =>
    /^\d{1,7}$/.test(text) ? { result: 'read', value: text } : { result: 'extension-unreadable' },
  );
  const office = optional(at, 'officePhone', (text) => readOffice(at, text));
  const own = extension === undefined ? (office?.extension ?? undefined) : extension;
  return { workMailbox, officePhone: office && { number: office.number, extension: own }, extension };
}

function readOffice({ rules }: Cells, text: string) {
  const read = parseOfficePhone(text, rules.country);
  if (read.result !== 'number') return read;
  const value: OfficePhone = { number: read.number, extension: read.extension };
  return { result: 'read', value } as const;
}

function readMethods(at: Cells) {
  const channel = kept(at, 'phoneChannel', optional(at, 'phoneChannel', readChannel));
  const phone = optional(at, 'phone', (text) => at.rules.readPhone(text, channel));
  const email = optional(at, 'email', at.rules.readEmail);
  const given = (phone ?? null) !== null || (email ?? null) !== null;
  return { phone, email, consent: given ? readConsent(at) : undefined };
}

/** Who consented, when and how; a filled-in phone or e-mail without it is refused. */
function readConsent(at: Cells): ImportedRow['consent'] {
  const lacking = consentFields.filter((field) => {
    const text = textOf(at, field);
    return text === undefined || text === at.rules.clearMarker;
  });
  for (const field of lacking) note(at, field, 'consent-missing');
  if (lacking.length > 0) return undefined;
  const line = (field: ImportField) => required(at, field, readLine(textOf(at, field) ?? '', longestName));
  const [givenBy, how] = [line('consentBy'), line('consentHow')];
  const givenAt = required(at, 'consentAt', readDay(textOf(at, 'consentAt') ?? '', at.rules.now));
  return givenBy === undefined || how === undefined || givenAt === undefined
    ? undefined
    : { givenBy, givenAt, how };
}
