import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BadConfig, readConfig } from '../../src/config/config.ts';

const least = {
  DIRECTORY_URL: 'ldaps://ldap.example.org',
  DIRECTORY_BASE: 'ou=people,dc=example,dc=org',
  DIRECTORY_BIND_DN: 'cn=sparekey,dc=example,dc=org',
  DIRECTORY_PASSWORD: 'secret',
};

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return error.faults;
  }
}

test('without DIRECTORY_URL there is no directory elsewhere', () => {
  expect(readConfig({}).directory).toBeUndefined();
});

test('the least that is needed gives OpenLDAP with its own attributes', () => {
  const { directory } = readConfig(least);
  expect(directory).toMatchObject({
    urls: ['ldaps://ldap.example.org'],
    kind: 'openldap',
    password: 'secret',
    insecure: false,
    officePhoneWritable: false,
    lockout: undefined,
    syncEvery: 15 * 60_000,
    attributes: { userName: 'uid', alsoNames: ['mail'], id: 'entryUUID' },
  });
});

test('several servers, another kind, and attributes of one’s own', () => {
  const { directory } = readConfig({
    ...least,
    DIRECTORY_URL: 'ldaps://dc1.example.org, ldap://dc2.example.org:3389',
    DIRECTORY_KIND: 'active-directory',
    DIRECTORY_ATTRIBUTES: 'alsoNames=mail+employeeID disabled=accountClosed',
    DIRECTORY_LOCKOUT: '5/30',
  });
  expect(directory).toMatchObject({
    urls: ['ldaps://dc1.example.org', 'ldap://dc2.example.org:3389'],
    attributes: { userName: 'sAMAccountName', alsoNames: ['mail', 'employeeID'], disabled: 'accountClosed' },
    lockout: { threshold: 5, within: 1_800_000 },
  });
});

test('a password comes from a file, without its line end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparekey-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'password');
  await writeFile(file, 'from a file\n');
  const { DIRECTORY_PASSWORD: _no, ...rest } = least;
  expect(readConfig({ ...rest, DIRECTORY_PASSWORD_FILE: file }).directory?.password).toBe('from a file');
  expect(faultsOf({ ...rest, DIRECTORY_PASSWORD_FILE: join(folder, 'none') })[0]).toMatch(
    /^DIRECTORY_PASSWORD_FILE names .*not there/,
  );
});

test.each([
  ['DIRECTORY_URL', 'https://ldap.example.org'],
  ['DIRECTORY_URL', 'ldaps://ldap.example.org/dc=example'],
  ['DIRECTORY_KIND', 'novell'],
  ['DIRECTORY_FILTER', 'objectClass=person'],
  ['DIRECTORY_INSECURE', 'no'],
  ['DIRECTORY_ATTRIBUTES', 'username=uid'],
  ['DIRECTORY_ATTRIBUTES', 'id=a(b'],
  ['DIRECTORY_LOCKOUT', '5'],
  ['DIRECTORY_SYNC_MINUTES', 'often'],
  ['DIRECTORY_CA_FILE', '/not/there.pem'],
  ['DIRECTORY_FILL_IN', 'homePhone'],
])('a fault in %s (%s) is told by its name', (name, value) => {
  const faults = faultsOf({ ...least, DIRECTORY_CONSENT: 'contract', [name]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]?.startsWith(name)).toBe(true);
});

test('what is to be filled in must stand in an attribute that has been named', () => {
  const fillIn = { ...least, DIRECTORY_FILL_IN: 'mobile otherMail', DIRECTORY_CONSENT: 'contract' };
  expect(faultsOf(fillIn)).toEqual([expect.stringMatching(/^DIRECTORY_FILL_IN asks for otherMail: name/)]);
  const named = { ...fillIn, DIRECTORY_ATTRIBUTES: 'otherMail=otherMailbox' };
  expect(readConfig(named).directory?.attributes.otherMail).toBe('otherMailbox');
  expect(faultsOf({ ...named, DIRECTORY_ATTRIBUTES: 'otherMail=otherMailbox mobile=' })).toHaveLength(1);
});

test('what is missing is told all at once, and what says nothing alone too', () => {
  const faults = faultsOf({ DIRECTORY_URL: 'ldaps://ldap.example.org', DIRECTORY_FILL_IN: 'mobile' });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'DIRECTORY_BASE',
    'DIRECTORY_BIND_DN',
    'DIRECTORY_PASSWORD_FILE',
    'DIRECTORY_CONSENT',
  ]);
  expect(faultsOf({ DIRECTORY_BASE: 'dc=example' })[0]).toMatch(
    /^DIRECTORY_BASE says nothing without DIRECTORY_URL/,
  );
});
