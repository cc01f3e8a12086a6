/** Random documents for tests, the same in every run. */

export type Random = () => number;

/** Runs a check many times; a number generator of its own makes each run repeatable. */
export function randomly(times: number, check: (random: Random) => void): void {
  let state = 0x2545f491;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
  for (let round = 0; round < times; round++) check(random);
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** A value for JSON.stringify, at most so deep. Keys are few, so that documents meet in them. */
export function randomValue(random: Random, depth: number): unknown {
  const kind = depth === 0 ? random() * 3 : random() * 5;
  if (kind < 1) return pick(random, [0, 1, -1.5, 2400, 1e21]);
  if (kind < 2) return pick(random, ["", "a", 'say "hi", \\ {[', "é\n", "b: c"]);
  if (kind < 3) return pick(random, [true, false, null]);
  const size = Math.floor(random() * 4);
  const values = Array.from({ length: size }, () => randomValue(random, depth - 1));
  if (kind < 4) return values;
  return Object.fromEntries(values.map((value) => [pick(random, ["a", "b", "c d", 'e"', ""]), value]));
}
