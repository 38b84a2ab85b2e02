import { hash } from 'node:crypto';

/** Remembers on which line each user name of a file was first seen. */
export interface SeenNames {
  /** Gives the line on which this name was seen before; otherwise remembers it and gives undefined. */
  add(userName: string, line: number): number | undefined;
}

/**
 * Makes a memory that takes some 24 bytes a name: it keeps the first 64 bits of each name's SHA-256. Two names among a
 * million share those once in 37 million files, and then a row is refused that need not be.
 */
export function makeSeenNames(): SeenNames {
  let marks = new BigUint64Array(1024);
  let lines = new Uint32Array(1024);
  let count = 0;
  const placeOf = (mark: bigint) => {
    let place = Number(mark & BigInt(marks.length - 1));
    while (marks[place] !== 0n && marks[place] !== mark) place = (place + 1) % marks.length;
    return place;
  };
  const grow = () => {
    const [oldMarks, oldLines] = [marks, lines];
    marks = new BigUint64Array(oldMarks.length * 2);
    lines = new Uint32Array(oldLines.length * 2);
    for (const [index, mark] of oldMarks.entries()) {
      if (mark === 0n) continue;
      const place = placeOf(mark);
      marks[place] = mark;
      lines[place] = oldLines[index] ?? 0;
    }
  };
  return {
    add(userName, line) {
      const mark = markOf(userName);
      const place = placeOf(mark);
      if (marks[place] === mark) return lines[place];
      marks[place] = mark;
      lines[place] = line;
      count += 1;
      if (count * 2 > marks.length) grow();
      return undefined;
    },
  };
}

/** Never zero, which stands for an empty place. */
function markOf(userName: string): bigint {
  return hash('sha256', userName, 'buffer').readBigUInt64LE() | 1n;
}
