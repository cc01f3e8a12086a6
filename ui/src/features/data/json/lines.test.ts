import { describe, expect, it } from "vitest";
import { withEnds, withoutEnds } from "./ends";
import { applyEdits, difference } from "./edits";
import { changedLines, countChanged } from "./lines";
import { pick, randomly } from "./random";

describe("changed lines", () => {
  it.each([
    ["the same text has none", "a\nb", "a\nb", []],
    ["a changed line", "a\nb\nc", "a\nx\nc", [{ from: 1, to: 2, removed: 1 }]],
    ["an added line", "a\nc", "a\nb\nc", [{ from: 1, to: 2, removed: 0 }]],
    ["an added line like the one before", "a\na\nb", "a\na\na\nb", [{ from: 2, to: 3, removed: 0 }]],
    ["a removed line", "a\nb\nc", "a\nc", [{ from: 1, to: 1, removed: 1 }]],
    [
      "two places",
      "a\nb\nc\nd",
      "x\nb\nc\ny",
      [
        { from: 0, to: 1, removed: 1 },
        { from: 3, to: 4, removed: 1 },
      ],
    ],
    ["all of it", "a", "b", [{ from: 0, to: 1, removed: 1 }]],
  ])("%s", (_, before, after, expected) => {
    const found = changedLines(before, after);
    expect(found.map(({ to, from, removed }) => [to - from, removed])).toEqual(
      expected.map(({ to, from, removed }) => [to - from, removed]),
    );
    if (!before.startsWith("a\na")) expect(found).toEqual(expected);
  });

  it("a changed line counts once, whatever it took", () => {
    expect(countChanged(changedLines("a\nb\nc", "x\ny\nc"))).toBe(2);
    expect(countChanged(changedLines("a\nb\nc", "a"))).toBe(2);
  });

  it("rebuild the new text from the old one, for random texts", () => {
    randomly(500, (random) => {
      const write = (): string[] =>
        Array.from({ length: Math.floor(random() * 12) + 1 }, () => pick(random, ["a", "b", "c", ""]));
      const [before, after] = [write(), write()];
      const rebuilt: string[] = [];
      let old = 0;
      for (const { from, to, removed } of changedLines(before.join("\n"), after.join("\n"))) {
        while (rebuilt.length < from) rebuilt.push(before[old++] as string);
        rebuilt.push(...after.slice(from, to));
        old += removed;
      }
      expect([...rebuilt, ...before.slice(old)]).toEqual(after);
    });
  });

  it("gives up fine comparison of very different texts in good time", () => {
    const long = (mark: string): string => Array.from({ length: 50_000 }, (_, index) => `${mark}${index}`).join("\n");
    expect(countChanged(changedLines(long("a"), long("b")))).toBe(50_000);
  });
});

it("the one difference of two texts turns the one into the other", () => {
  randomly(200, (random) => {
    const write = (): string =>
      Array.from({ length: Math.floor(random() * 8) }, () => pick(random, ["a", "b"])).join("");
    const [before, after] = [write(), write()];
    const edit = difference(before, after);
    expect(applyEdits(before, edit ? [edit] : [])).toBe(after);
  });
});

describe("line ends", () => {
  it.each([
    ["{\r\n}\r\n", "{\n}\n", "crlf"],
    ["{\n}", "{\n}", "lf"],
    ["{\r\n}\n", "{\r\n}\n", "lf"],
    ["{\r}", "{\r}", "lf"],
  ])("%j comes back as it was", (text, inside, ends) => {
    const read = withoutEnds(text);
    expect(read).toEqual({ text: inside, ends });
    expect(withEnds(read.text, read.ends)).toBe(text);
  });
});
