import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type AdminHouse, openAdminHouse } from '../helpers/admin-house.ts';
import { csvOf, makeImporter } from '../helpers/imports.ts';
import { ask } from './ask.ts';

let house: AdminHouse;
beforeAll(async () => {
  house = await openAdminHouse();
});
afterAll(() => house.close());

/** How many people the overview says have something filled in, and who they are in the list behind it. */
async function filledIn() {
  const overview = await ask(house, { path: '/overview' });
  const list = await ask(house, { path: '/people?standing=filled-in' });
  const { filledIn: count } = z.object({ filledIn: z.number() }).parse(overview.body);
  const { people } = z.object({ people: z.array(z.object({ userName: z.string() })) }).parse(list.body);
  return [count, people.map(({ userName }) => userName)];
}

const headers = [
  'Gebruikersnaam',
  'Naam',
  'Privé telefoon',
  'Toestemming door',
  'Toestemming op',
  'Toestemming hoe',
];
const consent = ['Anna', '2026-10-01', 'formulier'];
const row = (name: string, phone: string) => [
  name,
  'Anna Bakker',
  phone,
  ...(phone ? consent : ['', '', '']),
];

it('who has something filled in is counted and listed, whichever way it came and went', async () => {
  const importer = makeImporter(house);
  const settings = { clearMarker: '-' };
  const run = (...rows: string[][]) => importer.run(csvOf([headers, ...rows]), settings);
  await run(row('anna', '06 12345678'), row('bob', ''), row('cas', '06 12345679'));
  expect(await filledIn()).toEqual([2, ['anna', 'cas']]);

  await ask(house, {
    method: 'POST',
    path: '/people/bob/filled-in',
    body: {
      method: 'authentication-email',
      address: 'bob@example.org',
      consent: { givenBy: 'Bob', givenAt: '2026-10-30', how: 'paper form' },
    },
  });
  expect(await filledIn()).toEqual([3, ['anna', 'bob', 'cas']]);

  await run(['anna', '', '-', '', '', ''], row('bob', '06 12345670'));
  expect(await filledIn()).toEqual([2, ['bob', 'cas']]);

  await ask(house, { method: 'DELETE', path: '/people/cas/methods/authentication-phone' });
  expect(await filledIn()).toEqual([1, ['bob']]);
});
