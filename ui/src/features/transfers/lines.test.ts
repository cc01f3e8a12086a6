import { describe, expect, it } from "vitest";
import { isRunning, linesOf, secondsLeft, summaryOf } from "./lines";
import { Meter } from "./meter";
import { milestone } from "./milestones";
import { sampleTransfer } from "./sample";

const active = [
  { path: "/a", name: "a", bytesDone: 100, bytesTotal: 400 },
  { path: "/b", name: "b", bytesDone: 300, bytesTotal: 600 },
];

describe("the lines of a transfer", () => {
  it("are one for each file of a few", () => {
    const lines = linesOf(sampleTransfer({ filesTotal: 3, active }), (path) => (path === "/a" ? 30 : 70));
    expect(lines.map(({ name, share, rate, path }) => [name, share, rate, path])).toEqual([
      ["a", 0.25, 30, "/a"],
      ["b", 0.5, 70, "/b"],
    ]);
  });
  it("are a single one for a batch, counted in files", () => {
    const [line, ...more] = linesOf(
      sampleTransfer({ filesTotal: 1200, filesDone: 372, bytesDone: 310, active }),
      () => 0,
    );
    expect(more).toEqual([]);
    expect(line).toMatchObject({ files: { done: 372, total: 1200 }, share: 0.31, path: null });
  });
  it("say nothing of a share while the engine still looks", () => {
    expect(linesOf(sampleTransfer({ state: "looking", bytesTotal: 0 }), () => 0)[0]?.share).toBeNull();
  });
  it("are full for a file without bytes", () => {
    expect(
      linesOf(
        sampleTransfer({ bytesTotal: 0, active: [{ path: "/e", name: "e", bytesDone: 0, bytesTotal: 0 }] }),
        () => 0,
      )[0]?.share,
    ).toBe(1);
  });
});

describe("all transfers together", () => {
  it("add up", () => {
    const both = [
      sampleTransfer({ bytesDone: 500 }),
      sampleTransfer({ id: "t2", bytesTotal: 3000, bytesDone: 500, rate: 200 }),
    ];
    expect(summaryOf(both)).toEqual({ share: 0.25, rate: 300, secondsLeft: 10 });
  });
  it("promise no time without a rate", () => expect(secondsLeft(1000, 0)).toBeNull());
  it.each([
    ["looking", true],
    ["copying", true],
    ["finishing", true],
    ["done", false],
    ["cancelled", false],
    ["failed", false],
  ] as const)("%s runs: %s", (state, runs) => expect(isRunning(sampleTransfer({ state }))).toBe(runs));
});

describe("the meter", () => {
  it("tells the rate from the second report on, and smooths it", () => {
    const meter = new Meter();
    expect(meter.feed(0, 0)).toBe(0);
    expect(meter.feed(1000, 500)).toBe(500);
    const slower = meter.feed(2000, 600);
    expect(slower).toBeGreaterThan(100);
    expect(slower).toBeLessThan(500);
  });
  it("starts anew when a file starts anew", () => {
    const meter = new Meter();
    meter.feed(0, 900);
    expect(meter.feed(1000, 0)).toBe(0);
  });
});

describe("milestones", () => {
  const at = (bytesDone: number) => sampleTransfer({ bytesDone });
  it.each([
    ["the first bytes", null, at(0), "start"],
    ["a step before half", at(100), at(400), null],
    ["the step over half", at(400), at(600), "half"],
    ["a step after half", at(600), at(900), null],
    ["the end", at(900), sampleTransfer({ state: "done" }), "end"],
    ["a report after the end", sampleTransfer({ state: "done" }), sampleTransfer({ state: "done" }), null],
    ["a cancelled transfer", at(900), sampleTransfer({ state: "cancelled" }), null],
  ])("at %s", (_, before, now, told) => expect(milestone(before, now)).toBe(told));
});
