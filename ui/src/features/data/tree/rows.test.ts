import { describe, expect, it } from "vitest";
import { read } from "../json/reader";
import { rowAt, summary, treeRows, type Opened } from "./rows";

const text =
  '{\n  "job": "x\\u0041",\n  "render": {\n    "n": 1e400,\n    "list": [1,\n 2]\n  },\n  "last": { "ok": true },\n  "a/b": [{ "name": "one" }]\n}';
const root = read(text).root!;

function shown(opened: Opened = new Map()): string[] {
  return treeRows(text, root, opened).map(
    ({ step, level, expandable, open }) => `${"  ".repeat(level - 1)}${step}${expandable ? (open ? " -" : " +") : ""}`,
  );
}

describe("the rows of a tree", () => {
  it("open by themselves at the top level where the text spreads over lines", () => {
    expect(shown()).toEqual(["job", "render -", "  n", "  list +", "last +", "a/b +"]);
  });

  it("follow what the person opened and closed", () => {
    const rows = treeRows(text, root, new Map());
    const id = (step: string): string => rows.find((row) => row.step === step)!.id;
    expect(
      shown(
        new Map([
          [id("render"), false],
          [id("last"), true],
        ]),
      ),
    ).toEqual(["job", "render +", "last -", "  ok", "a/b +"]);
  });

  it("say what they hold", () => {
    const rows = treeRows(text, root, new Map([["/:a//b", true]]));
    const said = (step: string | number) => summary(text, rows.find((row) => row.step === step)!.node);
    expect(said("job").text).toBe("xA");
    expect(said("n").text).toBe("1e400");
    expect(said(0).name).toBe("one");
  });

  it.each([
    ['"x', "job"],
    ["1e400", "n"],
    ["2]", "list"],
    ["true", "last"],
    ['"render"', "render"],
  ])("show the place of %s", (needle, step) => {
    const rows = treeRows(text, root, new Map());
    expect(rows[rowAt(rows, root, text.indexOf(needle) + 1)]?.step).toBe(step);
  });

  it("show no row where there is no value", () => {
    const rows = treeRows(text, root, new Map());
    expect(rowAt(rows, root, 0)).toBe(-1);
    expect(rowAt(rows, root, text.length)).toBe(-1);
  });
});
