import { columnWidths } from '../table.ts';

const gap = 2;
const narrowest = 8;

/** The widths of columns that together fit in this width; the widest give way first. */
export function fitColumns(rows: readonly (readonly string[])[], width: number): number[] {
  const widths = columnWidths(rows);
  const room = () => width - widths.reduce((sum, each) => sum + each, 0) - gap * (widths.length - 1);
  while (room() < 0) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}
