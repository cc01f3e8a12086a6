/** How many files of a bucket came before some moment: those that a shorter life would end at once. */
import { call } from "../../app/host";
import type { Tier } from "../../bindings/wire";

const HOUR = 3_600_000;

/** How long a file lives, in milliseconds; null for good. */
export const LIFETIMES: Record<Tier, number | null> = {
  "1-hour": HOUR,
  "1-day": 24 * HOUR,
  "30-days": 720 * HOUR,
  persistent: null,
};

/** Asks for single files of the list by date, each time in the middle of what is left: some twenty for a million. */
export async function countOlder(bucket: string, before: number): Promise<number> {
  const at = async (offset: number) => {
    const page = await call("object_list", { bucket, sort: "date", offset, limit: 1 });
    return { modified: page.objects[0]?.modified, total: page.total };
  };
  const first = await at(0);
  // Everything before `low` is older, everything from `high` on is not.
  let [low, high] = [0, first.total];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { modified } = middle === 0 ? first : await at(middle);
    if (modified !== undefined && modified <= before) low = middle + 1;
    else high = middle;
  }
  return low;
}
