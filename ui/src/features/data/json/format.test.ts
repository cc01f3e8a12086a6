import { describe, expect, it } from "vitest";
import { applyEdits } from "./edits";
import { formatEdits } from "./format";
import { randomValue, randomly } from "./random";
import { read } from "./reader";

function format(text: string): string {
  return applyEdits(text, formatEdits(read(text)));
}

describe("format", () => {
  it.each([
    ["an object is spread out", '{"a":1,"b":2}', '{\n  "a": 1,\n  "b": 2\n}'],
    [
      "what was short and on one line stays on it",
      '{"a":[1,2],"b":{"c":1}}',
      '{\n  "a": [1, 2],\n  "b": { "c": 1 }\n}',
    ],
    ["what was spread out stays spread out", '{"a": [1,\n2]}', '{\n  "a": [\n    1,\n    2\n  ]\n}'],
    ["empty ones close up", '{"a": { }, "b": [\n] }', '{\n  "a": {},\n  "b": []\n}'],
    [
      "numbers and texts stay as written",
      '[1e400,1.0,\n1836486125467611137, "\\u00e9\\/"]',
      '[\n  1e400,\n  1.0,\n  1836486125467611137,\n  "\\u00e9\\/"\n]',
    ],
    ["a line end at the end stays", "[1]\n\n", "[\n  1\n]\n"],
    ["a lone value loses the space around it", "  1  ", "1"],
    ["carriage returns between parts go", '{\r\n"a":1}', '{\n  "a": 1\n}'],
  ])("%s", (_, before, after) => expect(format(before)).toBe(after));

  it("breaks a line that would be too long", () => {
    const long = Array.from({ length: 20 }, (_, index) => 1000000 + index);
    expect(format(JSON.stringify({ long })).split("\n")).toHaveLength(24);
  });

  it("leaves a wrong document alone", () => expect(format('{"a":1,}')).toBe('{"a":1,}'));

  it("changes white space only, and nothing the second time", () => {
    randomly(300, (random) => {
      const text = JSON.stringify(randomValue(random, 4), null, random() < 0.5 ? 0 : 3);
      const once = format(text);
      expect(JSON.parse(once)).toEqual(JSON.parse(text));
      expect(format(once)).toBe(once);
    });
  });
});
