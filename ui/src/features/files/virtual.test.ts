import { describe, expect, it } from "vitest";
import { keepPlace, MAX_NODES, pageStep, reveal, ROW, slotsOf, windowOf } from "./virtual";

describe("the window of rows", () => {
  it.each([
    ["at the top", 0, 600, 100_000, 0, 30],
    ["in the middle", 1_500_000, 600, 100_000, 49_990, 50_030],
    ["at the end", 100_000 * ROW - 600, 600, 100_000, 99_970, 100_000],
    ["in a short list", 0, 600, 3, 0, 3],
    ["in an empty list", 0, 600, 0, 0, 0],
    ["when the list has shrunk below the scroll place", 90_000, 600, 100, 70, 100],
  ])("is right %s", (_, scrollTop, height, count, first, last) => {
    expect(windowOf({ scrollTop, height }, count)).toEqual({ first, last });
  });

  it("never draws more than 300 rows, however tall the view", () => {
    const { first, last } = windowOf({ scrollTop: 40_000, height: 100_000 }, 100_000);
    expect(last - first).toBe(MAX_NODES);
  });

  it.each([0, 7, 29, 30, 31, 450, 1_499_993])("never needs more nodes than there are slots, at %d", (scrollTop) => {
    for (const height of [30, 601, 615, 20_000]) {
      const { first, last } = windowOf({ scrollTop, height }, 100_000);
      expect(last - first).toBeLessThanOrEqual(slotsOf({ scrollTop, height }));
    }
  });
});

describe("scrolling to a row", () => {
  const view = { scrollTop: 300, height: 300 };
  it.each([
    ["stays when the row is in sight", 12, 300],
    ["goes up to a row above", 2, 60],
    ["goes down just as far as needed", 30, 630],
  ])("%s", (_, index, place) => expect(reveal(view, index)).toBe(place));

  it("steps a page less one row", () => expect(pageStep(view)).toBe(9));
  it("keeps a row in its place when rows came in above it", () => expect(keepPlace(view, 15, 18)).toBe(390));
});
