import { chooseForImport, type Import, type ImportSettings } from '../imports.ts';
import type { Choice, FormScreen, ListScreen, Next, Tools, Values } from '../stage/screen.ts';

type Field = NonNullable<Import['look']>['columns'][number]['field'];

/** Chooses what is in one column of the file, from all that there is. */
export function columnScreen({ words, all }: Tools, one: Import, index: number): ListScreen {
  const { imports } = words;
  const column = one.look?.columns[index];
  const cells = (one.look?.sample ?? []).map((row) => row[index] ?? '');
  const samples = [...new Set(cells)].filter((cell) => cell !== '');
  return {
    kind: 'list',
    title: imports.columnTitle,
    page: {
      intro: [
        imports.columnIntro(column?.header || imports.nameless(index + 1)),
        imports.examples(samples.join(' · ')),
        imports.holdsNow(all.imports.fields[column?.field ?? 'ignore']),
      ],
      rows: choicesOf(all.imports.fields).map(({ value, label }) => ({
        cells: [label],
        openLegend: `enter ${imports.choose}`,
        open: (tools) => chooseColumn(tools, one, { index, field: value }),
      })),
    },
  };
}

async function chooseColumn(
  tools: Tools,
  one: Import,
  { index, field }: { index: number; field: Field },
): Promise<Next> {
  const header = one.look?.columns[index]?.header;
  const place = `#${index + 1}`;
  const others = one.settings.mapping.filter((known) => known.header !== place && known.header !== header);
  return choose(tools, one, { mapping: [...others, { header: place, field }] });
}

function choicesOf(fields: Record<Field, string>) {
  const names: Field[] = [
    ...(['ignore', 'userName', 'displayName', 'givenName', 'namePrefix', 'familyName', 'language'] as const),
    ...(['workMailbox', 'officePhone', 'extension', 'groups', 'disabled', 'enabled', 'phone'] as const),
    ...(['phoneChannel', 'email', 'consentBy', 'consentAt', 'consentHow'] as const),
  ];
  return names.map((value) => ({ value, label: fields[value] }));
}

/** How the file is read, and what is done with new people. */
export function settingsForm({ words, all }: Tools, { id, settings }: Import): FormScreen {
  const { imports, stage } = words;
  const asFile: Choice = { value: '', label: imports.asDetected };
  const encodings = Object.entries(all.imports.encodings).map(([value, label]) => ({ value, label }));
  const separators = Object.entries(all.imports.separators).map(([value, label]) => ({ value, label }));
  const whether = [
    { value: 'false', label: stage.no },
    { value: 'true', label: stage.yes },
  ];
  const { encoding, separator, clearMarker, country, firstPasswords } = settings;
  return {
    kind: 'form',
    title: imports.settingsTitle,
    typing: 'at once',
    fields: [
      { name: 'encoding', label: imports.encoding, value: encoding ?? '', input: [asFile, ...encodings] },
      { name: 'separator', label: imports.separator, value: separator ?? '', input: [asFile, ...separators] },
      {
        name: 'clearMarker',
        label: imports.clearMarker,
        hint: imports.clearMarkerHint,
        value: clearMarker ?? '',
        input: 'text',
      },
      {
        name: 'country',
        label: imports.country,
        hint: imports.countryHint,
        value: country ?? '',
        input: 'text',
      },
      {
        name: 'firstPasswords',
        label: imports.firstPasswords,
        hint: imports.firstPasswordsHint,
        value: String(firstPasswords),
        input: whether,
      },
    ],
    submit: {
      legend: imports.choose,
      do: (values, tools) => choose(tools, { id, settings }, settingsOf(tools, values)),
    },
  };
}

function settingsOf({ all }: Tools, values: Values): Partial<ImportSettings> {
  const known = <N extends string>(names: Record<N, string>, value: string | undefined): N | null => {
    for (const name in names) if (name === value) return name;
    return null;
  };
  return {
    encoding: known(all.imports.encodings, values.encoding),
    separator: known(all.imports.separators, values.separator),
    clearMarker: values.clearMarker?.trim() || null,
    country: values.country?.trim().toUpperCase() || null,
    firstPasswords: values.firstPasswords === 'true',
  };
}

async function choose(
  tools: Tools,
  { id, settings }: Pick<Import, 'id' | 'settings'>,
  changed: Partial<ImportSettings>,
): Promise<Next> {
  await chooseForImport(tools.door(), id, { ...settings, ...changed });
  return { next: 'back', said: tools.words.imports.chosenSaid };
}
