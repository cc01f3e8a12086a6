/** Which lines of a text differ from another: for the bars beside them, and for their count. */
import { difference } from "./edits";

/** Lines `from` to `to` (the first line is 0, `to` is not part of it) in place of `removed` lines. */
export interface ChangedLines {
  from: number;
  to: number;
  removed: number;
}

/** Beyond this many differing lines the finer comparison costs too much; all between is then taken as changed. */
const MOST_STEPS = 400;

export function changedLines(before: string, after: string): ChangedLines[] {
  const edit = difference(before, after);
  if (edit === null) return [];
  const start = lineStart(before, edit.from);
  const endBefore = lineEnd(before, edit.to);
  const endAfter = lineEnd(after, edit.from + edit.insert.length);
  const first = count(before, start);
  const a = before.slice(start, endBefore).split("\n");
  const b = after.slice(start, endAfter).split("\n");
  return compareLines(a, b).map(({ from, to, removed }) => ({ from: from + first, to: to + first, removed }));
}

/** How many lines a person would say have changed. */
export function countChanged(changes: readonly ChangedLines[]): number {
  return changes.reduce((sum, { from, to, removed }) => sum + Math.max(to - from, removed), 0);
}

/** Where the line that `at` is on begins. */
export function lineStart(text: string, at: number): number {
  // A negative position would be read as the first one.
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function count(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Myers' shortest edit script over lines, given up for one large change if it grows long. */
function compareLines(a: string[], b: string[]): ChangedLines[] {
  const kept = commonLines(a, b);
  const changes: ChangedLines[] = [];
  let [x, y] = [0, 0];
  for (const [keptX, keptY] of [...kept, [a.length, b.length] as const]) {
    if (keptX > x || keptY > y) changes.push({ from: y, to: keptY, removed: keptX - x });
    [x, y] = [keptX + 1, keptY + 1];
  }
  return changes;
}

/** Pairs of lines that stay, as positions in both. */
function commonLines(a: string[], b: string[]): (readonly [number, number])[] {
  const trail: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  for (let steps = 0; steps <= Math.min(a.length + b.length, MOST_STEPS); steps++) {
    trail.push(new Map(reach));
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && get(reach, k - 1) < get(reach, k + 1));
      let x = down ? get(reach, k + 1) : get(reach, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach.set(k, x);
      if (x >= a.length && x - k >= b.length) return traced(trail, a.length, b.length);
    }
  }
  return [];
}

function traced(trail: Map<number, number>[], endX: number, endY: number): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let [x, y] = [endX, endY];
  for (let steps = trail.length - 1; steps >= 0; steps--) {
    const reach = trail[steps] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -steps || (k !== steps && get(reach, k - 1) < get(reach, k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = steps === 0 ? 0 : get(reach, fromK);
    const fromY = steps === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    if (steps > 0) [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}

function get(reach: Map<number, number>, k: number): number {
  return reach.get(k) ?? -1;
}
