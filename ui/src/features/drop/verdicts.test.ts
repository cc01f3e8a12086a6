import { describe, expect, it } from "vitest";
import type { PreflightEntry } from "../../bindings/wire";
import { samplePreflight, sampleVerdict } from "./sample";
import { panelOf, type Panel } from "./verdicts";

const folder: PreflightEntry = {
  path: "/home/mara/Social crops",
  name: "Social crops",
  verdict: null,
  key: "social_crops",
  files: 24,
  folders: 3,
  bytes: 2400,
  ready: 24,
  choose: 0,
  refused: 0,
};

function told(panel: Panel): string[] {
  return panel.groups.map((group) => {
    const names = group.lines.map((line) => (line.kind === "file" ? line.verdict.originalName : line.entry.name));
    return `${group.kind}: ${names.join(", ")}${group.more > 0 ? ` and ${group.more} more` : ""}`;
  });
}

const ROOM = 9;

describe("the panel over a drag", () => {
  it("groups what is to be chosen, refused and ready, a folder as one line", () => {
    const panel = panelOf(
      samplePreflight(
        [
          sampleVerdict("a"),
          sampleVerdict("b", "meets"),
          sampleVerdict("c", "refused"),
          sampleVerdict("d", "replaces"),
        ],
        [folder],
      ),
      ROOM,
    );
    expect(told(panel)).toEqual(["choose: b", "refused: c", "ready: a, d, Social crops"]);
    expect([panel.ready.files, panel.choose, panel.refused]).toEqual([26, 1, 1]);
  });

  it("leaves out groups that have nothing", () => {
    expect(told(panelOf(samplePreflight([sampleVerdict("a")]), ROOM))).toEqual(["ready: a"]);
  });

  it("shortens thousands of entries and says how many more there are", () => {
    const verdicts = [
      ...Array.from({ length: 10 }, (_, i) => sampleVerdict(`m${i}`, "meets")),
      ...Array.from({ length: 4 }, (_, i) => sampleVerdict(`x${i}`, "refused")),
      ...Array.from({ length: 2000 }, (_, i) => sampleVerdict(`r${i}`)),
    ];
    expect(told(panelOf(samplePreflight(verdicts), ROOM))).toEqual([
      "choose: m0, m1, m2 and 7 more",
      "refused: x0, x1, x2 and 1 more",
      "ready: r0, r1, r2 and 1997 more",
    ]);
  });

  it("shows refusals inside a folder, though the folder is one line", () => {
    const preflight = samplePreflight([], [{ ...folder, ready: 23, refused: 1 }]);
    preflight.refused = [sampleVerdict("inside.exe", "refused", { into: "Social crops" })];
    expect(told(panelOf(preflight, ROOM))).toEqual(["refused: inside.exe", "ready: Social crops"]);
  });

  it("always keeps a line for what is ready", () => {
    const verdicts = [sampleVerdict("m", "meets"), sampleVerdict("x", "refused"), sampleVerdict("r")];
    expect(told(panelOf(samplePreflight(verdicts), 2))).toEqual(["choose: m", "refused: x", "ready: r"]);
  });
});
