import { expect, it } from 'vitest';
import { openAdminHouse } from '../helpers/admin-house.ts';
import { makeImporter } from '../helpers/imports.ts';

/** A hundred thousand with `IMPORT_ROWS=100000`. */
const count = Number(process.env.IMPORT_ROWS ?? 20_000);
/** One row in a hundred is bad, each in one of these ways. */
const every = 100;

const bad: ((name: string) => string)[] = [
  (name) => `${name};`,
  (name) => `${name} x;Naam`,
  () => ';Naam',
  (name) => `${name};Naam;12`,
  (name) => `${name};Naam;;;x;x;x`,
  (name) => `${name};"Naam`,
];

function lineOf(index: number): string {
  const name = `person${index}`;
  const spoil = index % every === 0 ? bad[(index / every) % bad.length] : undefined;
  if (spoil) return spoil(name);
  return `${name};Persoon van der ${index};020 794 ${String(index % 10_000).padStart(4, '0')};A|B${index % 7}`;
}

it('S57 of many rows with one in a hundred bad the result accounts for each', {
  timeout: 300_000,
}, async () => {
  const house = await openAdminHouse();
  try {
    const lines = [
      'Login;Naam;Kantoortelefoon;Groepen',
      ...Array.from({ length: count }, (_, index) => lineOf(index)),
    ];
    const importer = makeImporter(house);
    const { one, rows } = await importer.run(lines.join('\n'));
    const wrong = count / every;
    expect(one).toMatchObject({
      state: 'done',
      totals: { created: count - wrong, refused: wrong, updated: 0, same: 0 },
      progress: { rowsDone: count, rowsTotal: count, share: 1 },
    });
    expect(one.problems).toHaveLength(20);
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: count }, (_, index) => index + 2));
    const mismatched = rows.filter(
      ({ line, outcome, remarks }) =>
        (outcome === 'refused') !== ((line - 2) % every === 0) ||
        (outcome === 'refused') !== (remarks !== ''),
    );
    expect(mismatched).toEqual([]);
    const { people } = await house.deps.db
      .selectFrom('people')
      .select((row) => row.fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow();
    expect(people).toBe(count - wrong);
  } finally {
    await house.close();
  }
});
