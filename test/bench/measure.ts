/** What was measured: the median of several, in milliseconds by the clock and of this process alone. */
export interface Measured {
  median: number;
  cpu: number;
}

/** A piece of work to measure, and what is promised of it. */
export interface Work {
  name: string;
  run(): Promise<unknown>;
  /** Of pages: they cost about the same however many people there are. Of counts: at most so many milliseconds. */
  promise: 'flat' | number;
}

/** Does the work once to warm up and then so many times. */
export async function measure({ run }: Work, times: number): Promise<Measured> {
  await run();
  const took: number[] = [];
  const worked: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await run();
    took.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1_000);
  }
  return { median: medianOf(took), cpu: medianOf(worked) };
}

function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

/** Writes rows as a table with aligned columns, numbers to the right. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ');
  return `${rows.map(line).join('\n')}\n`;
}

/** Milliseconds as one reads them. */
export function inMs(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms.toFixed(0);
}
