import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../admin-tui/body-of.ts';
import { chooseForImport, discardImport } from '../../admin-tui/imports.ts';
import { ask } from '../admin-api/ask.ts';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { type Importer, makeImporter } from '../helpers/imports.ts';

let house: AdminHouse;
let importer: Importer;
beforeAll(async () => {
  house = await openAdminHouse();
});
beforeEach(() => {
  importer = makeImporter(house);
});
afterAll(() => house.close());

/** What a look at a file says of it, and nothing of the file stays. */
async function look(bytes: string | Uint8Array) {
  const one = await importer.upload(bytes);
  await discardImport(importer.door, one.id);
  return one.look;
}

describe('a file as a whole', () => {
  it('with a line of names and nothing else has no rows', async () => {
    const { one, rows } = await importer.run('Gebruikersnaam;Naam\r\n');
    expect(one).toMatchObject({ state: 'done', totals: { created: 0, refused: 0 } });
    expect(rows).toEqual([]);
  });

  it('that is empty is refused', async () => {
    await expect(importer.upload('')).rejects.toMatchObject({ problem: 'upload-empty' });
    expect(await readdir(join(house.dataDir, 'imports'))).toEqual([]);
  });

  it('without a line of names is not begun, and says which names it needs', async () => {
    const one = await importer.upload('jan;Jan de Vries\npiet;Piet Smit\n');
    expect(one.look?.problems[0]).toMatchObject({
      problem: 'column-missing',
      message: expect.stringMatching(/user name was found.*gebruikersnaam, username/),
    });
    await expect(importer.check('jan;Jan de Vries\n')).rejects.toMatchObject({
      problem: 'columns-not-right',
    });
  });

  it('with a phone and no columns of consent says which are missing', async () => {
    const seen = await look('Login;Privé telefoon;Toestemming door\n');
    expect(seen?.problems).toMatchObject([
      {
        problem: 'consent-columns-missing',
        message: expect.stringContaining('Missing are: consent on, consent how.'),
      },
    ]);
  });

  it('with one column chosen twice, or a choice for a column it has not, says so', async () => {
    const { id } = await importer.upload('Login;A;B\njan;x;y\n');
    const chosen = await chooseForImport(importer.door, id, {
      mapping: [
        { header: 'A', field: 'displayName' },
        { header: '#3', field: 'displayName' },
        { header: 'C', field: 'groups' },
      ],
    });
    expect(chosen.look?.problems.map(({ problem }) => problem)).toEqual(['column-twice', 'column-unknown']);
  });

  it('that tells Excel its separator is read by it, and lines are counted from the first', async () => {
    const { one, rows } = await importer.run('sep=|\r\nLogin|Naam\r\nexcel|Ex, Cel; s\r\n');
    expect(rows).toMatchObject([{ line: 3, userName: 'excel', outcome: 'created' }]);
    expect(one.totals.created).toBe(1);
  });

  it('with one column needs no separator', async () => {
    expect((await look('Gebruikersnaam\njan\n'))?.problems).toEqual([]);
  });

  it('with line ends of old, of Windows and of Unix in one', async () => {
    const { rows } = await importer.run('Login;Naam\rends1;A\r\nends2;B\nends3;C');
    expect(rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, 'created'],
      [3, 'created'],
      [4, 'created'],
    ]);
  });

  it('of names in quotes and with line breaks in them', async () => {
    const seen = await look('"Gebruikers\nnaam";"Naam ""van"" iemand"\njan;Jan\n');
    expect(seen?.columns.map(({ header, field }) => [header, field])).toEqual([
      ['Gebruikers naam', 'userName'],
      ['Naam "van" iemand', 'ignore'],
    ]);
  });

  it('in another encoding than chosen: every row with lost letters is refused, the others are not', async () => {
    const bytes = Buffer.from('Login;Naam\nlost1;Zo\u00eb\nlost2;Jan\n', 'latin1');
    const { rows } = await importer.run(bytes, { encoding: 'utf-8' });
    expect(rows).toMatchObject([
      { outcome: 'refused', remarks: expect.stringMatching(/“Naam”.*encoding/) },
      { outcome: 'created' },
    ]);
  });

  it('is UTF-8 to its last byte, or it is not UTF-8', async () => {
    const far = `Login;Naam\n${'x;y\n'.repeat(50_000)}`;
    expect((await look(Buffer.from(`${far}jan;Zoë\n`)))?.encoding).toBe('utf-8');
    expect((await look(Buffer.from(`${far}jan;Zoë\n`, 'latin1')))?.encoding).toBe('windows-1252');
  });

  it('names in parts become one name', async () => {
    await importer.run('Login,Voornaam,Tussenvoegsel,Achternaam\nparts,Anna,van der,Berg\n');
    const answer = await ask(house, { path: '/people/parts' });
    expect(answer.body).toMatchObject({ displayName: 'Anna van der Berg' });
  });

  it('of columns it does not know shows only the shape of what they hold, and never a number or address', async () => {
    const seen = await look(
      'Login;BSN;Mobiel;Kantoortelefoon;E-mail\njan;123456782;06 12345678;020 794 0012;jan@example.org\n',
    );
    expect(seen?.sample).toEqual([
      [
        'jan',
        '999999999',
        '99 99999999',
        'number ending in 12',
        'address that starts with j, at example.org',
      ],
    ]);
  });

  it('waits where only its owner can read it, under a name of our own', async () => {
    const { id } = await importer.upload('Login\njan\n');
    const file = join(house.dataDir, 'imports', `${id}.csv`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(house.dataDir, 'imports'))).mode & 0o777).toBe(0o700);
    await discardImport(importer.door, id);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });
});

describe('the door', () => {
  const headers = () => ({ authorization: `Bearer ${house.token}`, 'content-type': 'text/csv' });

  it('refuses a file that says it is too large before a byte of it is read', async () => {
    const answer = await ask(house, {
      method: 'POST',
      path: '/imports',
      headers: { ...headers(), 'content-length': String(2 * 1024 ** 3), expect: '100-continue' },
    });
    expect(answer).toMatchObject({ status: 413, body: { problem: 'upload-too-large' } });
  });

  it('keeps nothing of a file whose line breaks half-way', async () => {
    const before = await readdir(join(house.dataDir, 'imports'));
    await new Promise<void>((resolve) => {
      const sent = request({
        socketPath: house.socket,
        method: 'POST',
        path: '/imports',
        headers: headers(),
      });
      sent.once('error', () => resolve()).once('close', () => resolve());
      sent.write('Login;Naam\njan;J', () => setImmediate(() => sent.destroy()));
    });
    await expect.poll(() => readdir(join(house.dataDir, 'imports'))).toEqual(before);
    const { imports } = await bodyOf(importer.door.imports.$get());
    expect(imports.filter(({ bytes }) => bytes === 16)).toEqual([]);
  });

  it('takes no settings there are not', async () => {
    const { id } = await importer.upload('Login\njan\n');
    for (const body of [
      { separator: '-' },
      { mapping: [{ header: 'Login', field: 'passwordHash' }] },
      { country: 'Nederland' },
      { admin: true },
    ]) {
      const answer = await ask(house, { method: 'PUT', path: `/imports/${id}/settings`, body });
      expect(answer.status).toBe(422);
    }
    await discardImport(importer.door, id);
  });

  it('shows helpdesk how far an import is, without the rows of the file, and lets it do nothing', async () => {
    const { id } = await importer.upload('Login\njan\n');
    const helpdesk = { authorization: `Bearer ${house.helpdeskToken}` };
    const seen = await ask(house, { path: `/imports/${id}`, headers: helpdesk });
    expect(seen).toMatchObject({ status: 200, body: { look: { sample: null } } });
    for (const [method, path] of [
      ['POST', '/imports'],
      ['POST', `/imports/${id}/check`],
      ['POST', `/imports/${id}/run`],
      ['GET', `/imports/${id}/result`],
      ['DELETE', `/imports/${id}`],
    ] as const)
      expect((await ask(house, { method, path, headers: helpdesk })).status, `${method} ${path}`).toBe(403);
    await discardImport(importer.door, id);
  });

  it('knows no other import than those there are', async () => {
    expect((await ask(house, { path: `/imports/${'x'.repeat(24)}` })).status).toBe(404);
    expect((await ask(house, { path: '/imports/..%2f..%2fsparekey.db' })).status).toBe(422);
  });

  it('holds twenty files that wait, and no more', async () => {
    const ids: string[] = [];
    const waiting = async () => ids.push((await importer.upload('Login\njan\n')).id);
    await expect(async () => {
      for (;;) await waiting();
    }).rejects.toMatchObject({ problem: 'too-many-uploads' });
    for (const id of ids) await discardImport(importer.door, id);
    await waiting();
  });
});
