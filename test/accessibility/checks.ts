/// <reference lib="dom" />
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { edgeFaults, kindsShown, largeTextFaults } from './colours.ts';
import { layoutFaults, structureFaults, watchFocus, wideSpacing } from './in-page.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function runAxe(page: Page, options: axe.RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (run) => window.axe.run(document, { ...run, resultTypes: ['violations'] }),
    options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `axe ${id}: ${html} ${failureSummary}`),
  );
}

/** Walks through the page with Tab, in a window so small that much is out of sight. */
async function walkWithTab(page: Page): Promise<string[]> {
  const stops = await page.evaluate(watchFocus);
  for (let step = 1; step < stops; step += 1) await page.keyboard.press('Tab');
  const log = await page.evaluate(() => window.focusLog);
  const faults = log.filter(Boolean);
  return log.length === stops - 1 ? faults : [...faults, `${log.length + 1} of ${stops} stops reached`];
}

/** Brings the checks into every page that this one shows from now on. */
export async function loadChecks(page: Page): Promise<void> {
  await page.addInitScript({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
}

/** What a person may ask of their machine, and by what every page is then judged. */
const looks = [
  { when: 'in the dark', media: { colorScheme: 'dark' }, rules: ['color-contrast'] },
  // The stricter rule leaves what is below 4.5 : 1 to the other one.
  {
    when: 'with more contrast',
    media: { contrast: 'more' },
    rules: ['color-contrast', 'color-contrast-enhanced'],
  },
  { when: 'with forced colours', media: { forcedColors: 'active' }, rules: ['color-contrast'] },
] as const;

/** What stands out too little in any look: text, edges, the mark of the focus. */
export async function colourFaults(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 800 });
  const faults = (await page.evaluate(edgeFaults)).map((fault) => `plainly: ${fault}`);
  for (const { when, media, rules } of looks) {
    await page.emulateMedia({
      colorScheme: 'light',
      contrast: 'no-preference',
      forcedColors: 'none',
      ...media,
    });
    const text = await runAxe(page, {
      runOnly: { type: 'rule', values: [...rules] },
      rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: true }])),
    });
    const edges = await page.evaluate(edgeFaults);
    faults.push(...[...text, ...edges].map((fault) => `${when}: ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' });
  return faults;
}

/** Looks at the colours of a page when it shows a kind of thing that no page before it has shown: one rule paints a kind. */
export function coloursOfNewKinds(): (page: Page) => Promise<string[]> {
  const known = new Set<string>();
  return async (page) => {
    const kinds = await page.evaluate(kindsShown);
    const seen = known.size;
    for (const kind of kinds) known.add(kind);
    return known.size > seen ? colourFaults(page) : [];
  };
}

/** Everything that is wrong with the page as it is shown; leaves it small. */
export async function faultsOf(page: Page, language: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
  const structure = await page.evaluate(structureFaults, language);
  const light = await runAxe(page, { runOnly: { type: 'tag', values: tags } });
  const large = await page.evaluate(largeTextFaults);
  await page.setViewportSize({ width: 640, height: 400 });
  const zoomed = await page.evaluate(layoutFaults, wideSpacing);
  await page.setViewportSize({ width: 320, height: 256 });
  const layout = await page.evaluate(layoutFaults, wideSpacing);
  const walk = await walkWithTab(page);
  return [...structure, ...light, ...large, ...zoomed, ...layout, ...walk];
}

/** What is too heavy: the HTML as it is, and a first visit with its style sheet, packed. */
export function weightFaults(html: string, css: string): string[] {
  const raw = Buffer.byteLength(html);
  const packed = gzipSync(html).length + gzipSync(css).length;
  return [
    ...(raw > 10 * 1024 ? [`${raw} bytes of HTML`] : []),
    ...(packed > 14 * 1024 ? [`${packed} bytes on a first visit`] : []),
  ];
}

declare global {
  interface Window {
    axe: typeof axe;
    focusLog: string[];
  }
}
