import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z][A-Za-z\d.;-]*$/, 'must be an attribute such as telephoneNumber');

/** Which attribute says what of a person; an empty one says nothing. */
const attributesSchema = z.strictObject({
  userName: name,
  /** More names to sign in with, such as the mail address. */
  alsoNames: z.string(),
  /** What stays the same when everything else of an account changes. */
  id: name,
  displayName: name,
  mail: name.or(z.literal('')),
  officePhone: name.or(z.literal('')),
  mobile: name.or(z.literal('')),
  otherMail: name.or(z.literal('')),
  groups: name.or(z.literal('')),
  /** An attribute that is TRUE, or there at all, for an account that may not be used. */
  disabled: name.or(z.literal('')),
});

export type DirectoryAttributes = Omit<z.infer<typeof attributesSchema>, 'alsoNames'> & {
  alsoNames: readonly string[];
};

type AttributeName = keyof z.infer<typeof attributesSchema>;

/** Where a kind of directory keeps things, and whom a search for people finds. */
const kinds = {
  openldap: {
    filter: '(objectClass=inetOrgPerson)',
    attributes: {
      userName: 'uid',
      alsoNames: 'mail',
      id: 'entryUUID',
      displayName: 'cn',
      mail: 'mail',
      officePhone: 'telephoneNumber',
      mobile: 'mobile',
      otherMail: '',
      groups: 'memberOf',
      disabled: '',
    },
  },
  'active-directory': {
    filter: '(&(objectCategory=person)(objectClass=user))',
    attributes: {
      userName: 'sAMAccountName',
      alsoNames: 'userPrincipalName+mail',
      id: 'objectGUID',
      displayName: 'displayName',
      mail: 'mail',
      officePhone: 'telephoneNumber',
      mobile: 'mobile',
      otherMail: '',
      groups: 'memberOf',
      disabled: '',
    },
  },
} as const satisfies Record<string, { filter: string; attributes: Record<AttributeName, string> }>;

export type DirectoryKind = keyof typeof kinds;

const words = (text: string) => text.split(/[\s,]+/).filter((one) => one !== '');

/** The variables of a directory elsewhere; none of them is needed without `DIRECTORY_URL`. */
export const directoryVariables = {
  DIRECTORY_URL: z
    .string()
    .transform(words)
    .refine(
      (urls) =>
        urls.length > 0 && urls.every((one) => URL.canParse(one) && /^ldaps?:\/\/[^/?#]+\/?$/.test(one)),
      'must be servers such as ldaps://ldap.example.org, or ldap://ldap.example.org (with StartTLS), with spaces between them',
    )
    .optional(),
  DIRECTORY_KIND: z.enum(['openldap', 'active-directory']).optional(),
  DIRECTORY_BASE: z.string().optional(),
  DIRECTORY_FILTER: z
    .string()
    .regex(/^\(.+\)$/s, 'must be a filter such as (objectClass=inetOrgPerson)')
    .optional(),
  DIRECTORY_BIND_DN: z.string().optional(),
  DIRECTORY_PASSWORD: z.string().optional(),
  DIRECTORY_PASSWORD_FILE: z.string().optional(),
  DIRECTORY_CA_FILE: z.string().optional(),
  DIRECTORY_INSECURE: z
    .literal('yes', 'can only be yes, and then passwords travel to servers that nobody checks')
    .optional(),
  DIRECTORY_ATTRIBUTES: z.string().optional(),
  DIRECTORY_OFFICE_PHONE: z.enum(['read-only', 'writable']).optional(),
  DIRECTORY_FILL_IN: z
    .string()
    .transform(words)
    .pipe(z.array(z.enum(['mobile', 'otherMail'], 'must be mobile, otherMail or both')))
    .optional(),
  DIRECTORY_CONSENT: z.string().max(200).optional(),
  DIRECTORY_LOCKOUT: z
    .string()
    .regex(
      /^[1-9]\d{0,3}\/\d{1,6}$/,
      'must be FAILURES/MINUTES such as 5/30; 0 minutes: they are never forgotten',
    )
    .optional(),
  DIRECTORY_SYNC_MINUTES: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number of minutes; 0: only by command')
    .transform(Number)
    .optional(),
} as const;

const given = z.object(directoryVariables);
type Given = z.infer<typeof given>;

/** How a directory elsewhere is reached and read. */
export interface DirectorySettings {
  urls: readonly string[];
  kind: DirectoryKind;
  base: string;
  filter: string;
  bindDn: string;
  password: string;
  /** The PEM text of the authorities that are believed; the system's own when undefined. */
  ca: string | undefined;
  insecure: boolean;
  attributes: DirectoryAttributes;
  officePhoneWritable: boolean;
  fillIn: readonly ('mobile' | 'otherMail')[];
  /** How the people consented to what is filled in. */
  consent: string;
  /** What the directory locks at, where it does not say so itself; minutes become milliseconds. */
  lockout: { threshold: number; within: number } | undefined;
  /** Milliseconds between two synchronisations; 0: never by itself. */
  syncEvery: number;
}

type Parsed = { directory: DirectorySettings | undefined; faults: string[] };

function isVariable(key: string): key is keyof Given {
  return key in directoryVariables;
}

function attributesOf(kind: DirectoryKind, text: string, faults: string[]): DirectoryAttributes {
  const changes = Object.fromEntries(
    words(text).map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key, value.join('=')];
    }),
  );
  const parsed = attributesSchema.safeParse({ ...kinds[kind].attributes, ...changes });
  if (!parsed.success)
    faults.push(
      `DIRECTORY_ATTRIBUTES must be pairs such as userName=uid alsoNames=mail+employeeNumber, of ${Object.keys(kinds[kind].attributes).join(', ')}.`,
    );
  const { alsoNames, ...attributes } = parsed.success ? parsed.data : kinds[kind].attributes;
  return { ...attributes, alsoNames: alsoNames.split('+').filter((one) => one !== '') };
}

function readFile(variable: string, path: string | undefined, faults: string[]): string | undefined {
  if (path === undefined) return undefined;
  const file = resolve(path);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  faults.push(`${variable} names ${file}, which is not there.`);
  return undefined;
}

function missingOf(set: Given): string[] {
  const wanted = [
    [
      set.DIRECTORY_BASE,
      'DIRECTORY_BASE is not set: give the DN under which the people are, such as ou=people,dc=example,dc=org.',
    ],
    [set.DIRECTORY_BIND_DN, 'DIRECTORY_BIND_DN is not set: give the DN of the account that Sparekey uses.'],
    [
      set.DIRECTORY_PASSWORD ?? set.DIRECTORY_PASSWORD_FILE,
      'DIRECTORY_PASSWORD_FILE is not set: give the file that holds the password of DIRECTORY_BIND_DN, or DIRECTORY_PASSWORD itself.',
    ],
    [
      set.DIRECTORY_FILL_IN === undefined ? 'no need' : set.DIRECTORY_CONSENT,
      'DIRECTORY_CONSENT is not set: with DIRECTORY_FILL_IN say how people consented, such as “signed with the contract”.',
    ],
  ] as const;
  return wanted.flatMap(([value, fault]) => (value === undefined ? [fault] : []));
}

/** What is to be filled in and stands nowhere would silently not be. */
function unknownFillIn({ DIRECTORY_FILL_IN = [] }: Given, attributes: DirectoryAttributes): string[] {
  return DIRECTORY_FILL_IN.filter((one) => attributes[one] === '').map(
    (one) =>
      `DIRECTORY_FILL_IN asks for ${one}: name the attribute in which it stands, such as DIRECTORY_ATTRIBUTES="${one}=otherMailbox".`,
  );
}

function lockoutOf(text: string | undefined): DirectorySettings['lockout'] {
  const [threshold = '', minutes = ''] = text?.split('/') ?? [];
  return text === undefined ? undefined : { threshold: Number(threshold), within: Number(minutes) * 60_000 };
}

/** Makes settings of the variables; `directory` is undefined where people are kept by Sparekey itself. */
export function directoryOf(set: Given): Parsed {
  if (set.DIRECTORY_URL === undefined) {
    const alone = Object.keys(set).filter((key) => isVariable(key) && set[key] !== undefined);
    return {
      directory: undefined,
      faults: alone.map(
        (key) => `${key} says nothing without DIRECTORY_URL: set that too, or leave both out.`,
      ),
    };
  }
  const faults = missingOf(set);
  const kind = set.DIRECTORY_KIND ?? 'openldap';
  const password = readFile('DIRECTORY_PASSWORD_FILE', set.DIRECTORY_PASSWORD_FILE, faults);
  const attributes = attributesOf(kind, set.DIRECTORY_ATTRIBUTES ?? '', faults);
  faults.push(...unknownFillIn(set, attributes));
  const directory = {
    urls: set.DIRECTORY_URL,
    kind,
    base: set.DIRECTORY_BASE ?? '',
    filter: set.DIRECTORY_FILTER ?? kinds[kind].filter,
    bindDn: set.DIRECTORY_BIND_DN ?? '',
    password: set.DIRECTORY_PASSWORD ?? password?.replace(/\r?\n$/, '') ?? '',
    ca: readFile('DIRECTORY_CA_FILE', set.DIRECTORY_CA_FILE, faults),
    insecure: set.DIRECTORY_INSECURE === 'yes',
    attributes,
    officePhoneWritable: set.DIRECTORY_OFFICE_PHONE === 'writable',
    fillIn: set.DIRECTORY_FILL_IN ?? [],
    consent: set.DIRECTORY_CONSENT ?? '',
    lockout: lockoutOf(set.DIRECTORY_LOCKOUT),
    syncEvery: (set.DIRECTORY_SYNC_MINUTES ?? 15) * 60_000,
  };
  return { directory, faults };
}
