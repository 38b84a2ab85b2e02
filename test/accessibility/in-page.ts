/// <reference lib="dom" />

/** WCAG 1.4.12, 1.4.3: the spacing a person may set without loss. */
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } ' +
  'p { margin-block-end: 2em !important }';

/** Runs in the page: faults of its structure, its labels and how its problems are tied to their fields. */
export function structureFaults(language: string): string[] {
  const faults: string[] = [];
  const headings = document.querySelectorAll('h1');
  if (headings.length !== 1) faults.push(`${headings.length} headings of level 1`);
  if (document.documentElement.lang !== language) faults.push(`lang is ${document.documentElement.lang}`);
  const heading = document.querySelector('.row.open > h2') ?? headings[0];
  const name = heading?.textContent?.trim() ?? '';
  if (!document.title.replace(/^(Fout|Error): /, '').startsWith(name))
    faults.push(`title “${document.title}”`);
  const summary = document.querySelector('.problems');
  if ((summary !== null) !== /^(Fout|Error): /.test(document.title))
    faults.push(`title of a problem: “${document.title}”`);
  if (summary && document.activeElement !== summary) faults.push('the summary of problems has no focus');
  if (document.querySelectorAll('[role=status]').length !== 1) faults.push('not one status');

  const said = [...document.querySelectorAll('.problems a')].map((link) => ({
    text: link.textContent ?? '',
    field: document.querySelector(link.getAttribute('href') ?? ''),
  }));
  for (const { text, field } of said) if (!field) faults.push(`the summary leads nowhere: ${text}`);
  for (const problem of document.querySelectorAll('.field .problem')) {
    const text = (problem.textContent ?? '').replace(/^(Fout|Error): /, '');
    const tied = document.querySelector(`[aria-describedby~="${problem.id}"]`);
    if (!tied) faults.push(`no field is described by: ${text}`);
    if (!/[.?]$/.test(text)) faults.push(`no full stop: ${text}`);
    const inSummary = said.find((one) => one.text === text);
    if (!inSummary?.field || !(tied?.contains(inSummary.field) ?? false))
      faults.push(`not in the summary: ${text}`);
  }
  for (const field of document.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select')) {
    const labels = [...(field.labels ?? [])].map((label) => label.textContent?.trim()).filter(Boolean);
    if (labels.length === 0) faults.push(`no label: ${field.id}`);
    if (field.required || field.maxLength > 0) faults.push(`required or maxlength: ${field.id}`);
  }
  return faults;
}

/** Runs in the page: what does not fit in a narrow window, with and without wide spacing, and what is too small to hit. */
export function layoutFaults(widened: string): string[] {
  const faults: string[] = [];
  const overflow = (when: string) => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > window.innerWidth)
      faults.push(`${scrollWidth} px wide in ${window.innerWidth}, ${when}`);
  };
  const cut = () => {
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const clips = overflowX !== 'visible' || overflowY !== 'visible';
      const tooSmall =
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      const holdsText = !element.matches('input, select, option') && element.clientWidth > 0;
      const isButton = element.matches('button, .step a');
      if (holdsText && tooSmall && (clips || isButton))
        faults.push(`cut off: ${element.textContent?.trim()}`);
    }
  };
  overflow('plainly');
  for (const target of document.querySelectorAll<HTMLElement>(
    'a[href], button, input:not([type=hidden]), select',
  )) {
    if (target.matches('.skip')) continue;
    const { width, height } = target.getBoundingClientRect();
    const least = target.matches('button, header a, .step a') ? 44 : 24;
    if (height < least || width < 24)
      faults.push(`${width} × ${height} px to hit: ${target.textContent?.trim()}`);
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(widened);
  document.adoptedStyleSheets = [sheet];
  overflow('with wide spacing');
  cut();
  document.adoptedStyleSheets = [];
  return faults;
}

/** What `layoutFaults` is given. */
export const wideSpacing = spacing;

/** Runs in the page: writes down where the focus goes, and puts it on the first thing there is. */
export function watchFocus(): number {
  const all = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), select'),
  ];
  // Radio buttons of one name are one stop.
  const stops = all.filter((one, index) => {
    if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true;
    const group = all.filter((other) => other instanceof HTMLInputElement && other.name === one.name);
    const checked = group.find((other) => other instanceof HTMLInputElement && other.checked);
    return checked ? checked === one : all.indexOf(group[0] ?? one) === index;
  });
  const log: string[] = [];
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const name = target.textContent?.trim() || target.id;
    const place = stops.indexOf(target);
    if (place !== log.length + 1) log.push(`${name} has the focus out of order (${place})`);
    else log.push(faultOf(target, name));
  });
  function faultOf(target: HTMLElement, name: string): string {
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return `no outline on ${name}`;
    const { left, top, width, height } = target.getBoundingClientRect();
    const there = document.elementFromPoint(left + Math.min(width / 2, 100), top + Math.min(height / 2, 10));
    return there && (target.contains(there) || there.contains(target))
      ? ''
      : `${name} is covered or out of sight`;
  }
  stops[0]?.focus();
  log.length = 0;
  Object.assign(window, { focusLog: log });
  return stops.length;
}
