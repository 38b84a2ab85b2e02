/// <reference lib="dom" />

/** Runs in the page: edges of what can be used, and the mark of the focus, that stand out too little (WCAG 1.4.11, 2.4.13). */
export function edgeFaults(): string[] {
  const parse = (colour: string): [number, number, number, number] => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const light = (colour: string) => {
    const [red, green, blue] = parse(colour)
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  };
  const contrast = (one: string, other: string) => {
    const [more = 0, less = 0] = [light(one), light(other)].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const behind = (element: Element): string => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (parse(backgroundColor)[3] > 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const faults: string[] = [];
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button, input:not([type=hidden]), select',
  );
  for (const control of controls) {
    if (control.matches('.skip')) continue;
    const name = control.textContent?.trim() || control.id;
    const ground = behind(control);
    const { borderTopStyle, borderTopColor, borderTopWidth, textDecorationLine } = getComputedStyle(control);
    const edged = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1;
    const drawnByBrowser = control.matches('[type=radio]');
    if (!edged && !textDecorationLine.includes('underline') && !drawnByBrowser)
      faults.push(`neither edge nor underline: ${name}`);
    if (edged && !drawnByBrowser && contrast(borderTopColor, ground) < 3)
      faults.push(`edge of ${contrast(borderTopColor, ground).toFixed(1)} : 1 at ${name}`);
    control.focus();
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(control);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
      faults.push(`no mark of the focus on ${name}`);
    else if (contrast(outlineColor, ground) < 3) faults.push(`mark of the focus too faint on ${name}`);
  }
  return faults;
}

/** Runs in the page: what no longer fits when text alone is twice as large (WCAG 1.4.4). */
export function largeTextFaults(): string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html { font-size: 200% !important }');
  document.adoptedStyleSheets = [sheet];
  const { scrollWidth } = document.documentElement;
  const faults = scrollWidth > window.innerWidth ? [`${scrollWidth} px wide with text of 200 %`] : [];
  for (const element of document.body.querySelectorAll<HTMLElement>(
    'button, .step a, p, h1, h2, label, li',
  )) {
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      faults.push(`cut off with text of 200 %: ${element.textContent?.trim()}`);
  }
  document.adoptedStyleSheets = [];
  return faults;
}

/** Runs in the page: every kind of thing it shows, by its tag, type and classes and those of all around it. */
export function kindsShown(): string[] {
  const kindOf = (element: Element): string => {
    const { localName, className, parentElement } = element;
    const around = parentElement ? `${kindOf(parentElement)} ` : '';
    return `${around}${localName}.${className} ${element.getAttribute('type') ?? ''}`;
  };
  return [...new Set([...document.body.querySelectorAll('*')].map(kindOf))];
}
