import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../helpers/needs.ts';
import { type Slapd, type SlapdWanted, slapdPrograms, startSlapd } from '../helpers/slapd.ts';
import { lookAt } from './look-at.ts';

needs(...slapdPrograms)('the doctor of a directory', () => {
  const state: { slapd?: Slapd } = {};
  const own = () => {
    if (!state.slapd) throw new Error('not open');
    return state.slapd;
  };
  beforeAll(async () => {
    state.slapd = await startSlapd();
    await state.slapd.addPerson('jan', { officePhone: '+31 20 794 0000' });
  });
  afterAll(() => state.slapd?.close());

  test('finds everything in order, and changes nothing', async () => {
    const before = await own().read('jan');
    const said = await lookAt({ ...own().env, DIRECTORY_OFFICE_PHONE: 'writable' });
    expect(said.join('')).not.toContain('FAULT');
    expect(said).toHaveLength(6);
    expect(await own().read('jan')).toEqual(before);
  });

  test('a wrong password, a wrong authority and a base without people are faults, each with its mend', async () => {
    const wrong = [
      [{ DIRECTORY_PASSWORD: 'hunter2' }, /refuses DIRECTORY_BIND_DN.*\n {7}\S/],
      [{ DIRECTORY_BASE: 'ou=groups,dc=example,dc=org' }, /No person is found.*\n {7}\S/],
      [{ DIRECTORY_BASE: 'ou=gone,dc=example,dc=org' }, /LDAP result 32.*\n {7}\S/],
      [{ DIRECTORY_CA_FILE: '/etc/ssl/certs/ca-certificates.crt' }, /cannot be used \(\S+\).*\n {7}\S/],
    ] as const;
    for (const [env, words] of wrong) {
      const said = (await lookAt({ ...own().env, ...env })).join('');
      expect(said).toMatch(words);
      expect(said).not.toContain('hunter2');
    }
  });
});

needs(...slapdPrograms)('the doctor of a directory that gives no rights', () => {
  test('names each right that is missing', async () => {
    const access: SlapdWanted['access'] =
      'access to attrs=userPassword by anonymous auth by * none\naccess to * by users read by * none';
    const slapd = await startSlapd({ access });
    try {
      await slapd.addPerson('jan');
      const said = (await lookAt({ ...slapd.env, DIRECTORY_OFFICE_PHONE: 'writable' })).join('');
      for (const right of ['userPassword', 'pwdAccountLockedTime', 'telephoneNumber'])
        expect(said).toMatch(new RegExp(`FAULT {2}Directory: ${right} may not be written`));
    } finally {
      await slapd.close();
    }
  });
});
