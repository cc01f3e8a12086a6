import { describe, expect, it } from "vitest";
import { compare, same } from "./compare";
import { merged, taken, type Choices } from "./merge";
import { randomValue, randomly } from "./random";
import { read } from "./reader";
import { pathName } from "./tree";

function differences(base: string, yours: string, theirs: string) {
  return compare(read(base), read(yours), read(theirs));
}

function names(base: string, yours: string, theirs: string): string[] {
  return differences(base, yours, theirs).map(({ kind, path }) => `${kind} ${pathName(path)}`);
}

function merge(base: string, yours: string, theirs: string, choices: Choices = {}): string {
  const { root, text } = read(yours);
  if (root === null) throw new Error("yours is empty");
  return merged({ text, root }, differences(base, yours, theirs), choices);
}

describe("the comparison", () => {
  it.each([
    ["nothing differs", '{"a": 1}', '{ "a":1 }', '{"a":\n1}', []],
    ["the order of keys is no change", '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', '{"a": 1, "b": 2}', []],
    ["both changed one value", '{"a": 1}', '{"a": 2}', '{"a": 3}', ["both a"]],
    ["both changed it alike", '{"a": 1}', '{"a": 2}', '{"a": 2}', []],
    ["each changed another key", '{"a": 1, "b": 1}', '{"a": 2, "b": 1}', '{"a": 1, "b": 2}', ["yours a", "theirs b"]],
    ["a number written otherwise is a change", "[1.0]", "[1]", "[1.0]", ["yours [0]"]],
    ["both added a key", "{}", '{"a": 1}', '{"a": 2}', ["both a"]],
    ["both added an object", "{}", '{"a": {"b": 1}}', '{"a": {"c": 2}}', ["yours a.b", "theirs a.c"]],
    ["one removed what the other changed", '{"a": 1}', "{}", '{"a": 2}', ["both a"]],
    ["items were added at the end", '{"a": [1]}', '{"a": [1, 2]}', '{"a": [3]}', ["theirs a[0]", "yours a[1]"]],
    ["an item was taken out", '{"a": [1, 2]}', '{"a": [2]}', '{"a": [1, 3]}', ["both a"]],
    ["a value became another kind", '{"a": {"b": 1}}', '{"a": [1]}', '{"a": {"b": 2}}', ["both a"]],
    ["repeated keys are compared as a whole", '{"a": 1, "a": 2}', '{"a": 1, "a": 3}', '{"a": 1, "a": 2}', ["yours "]],
  ])("%s", (_, base, yours, theirs, expected) => {
    expect(names(base, yours, theirs).sort()).toEqual([...expected].sort());
  });

  it("names odd keys in quotes", () => expect(pathName(["a b", 0, 'c"'])).toBe('["a b"][0]["c\\""]'));
});

describe("the merged text", () => {
  const base = '{\n  "samples": 512,\n  "seed": 1836486125467611137,\n  "list": [1, 2]\n}\n';
  const yours = '{\n  "samples":   768,\n  "seed": 1836486125467611137,\n  "list": [1, 2, 1e400]\n}\n';

  it.each<[string, string, Choices, string]>([
    ["takes what only they changed", base.replace("[1, 2]", "[1.0, 2]"), {}, yours.replace("[1,", "[1.0,")],
    ["keeps yours until theirs is chosen", base.replace("512", "1024"), {}, yours],
    ["takes theirs where chosen", base.replace("512", "1024"), { samples: "theirs" }, yours.replace("768", "1024")],
    [
      "puts a new key behind the one it follows",
      base.replace('"seed"', '"new": {\n    "x": 1\n  },\n  "seed"'),
      {},
      yours.replace('"seed"', '"new": {\n    "x": 1\n  },\n  "seed"'),
    ],
    [
      "puts a new first key first",
      base.replace("{\n", '{\n  "new": 1,\n'),
      {},
      yours.replace("{\n", '{\n  "new": 1,\n'),
    ],
    [
      "takes a key out",
      base.replace('  "seed": 1836486125467611137,\n', ""),
      {},
      yours.replace('  "seed": 1836486125467611137,\n', ""),
    ],
    [
      "takes the last key out",
      base.replace(',\n  "list": [1, 2]', ""),
      { list: "theirs" },
      yours.replace(',\n  "list": [1, 2, 1e400]', ""),
    ],
  ])("%s", (_, theirs, choices, expected) => expect(merge(base, yours, theirs, choices)).toBe(expected));

  it.each([
    ["fills an empty object", '{"a": {}}', '{"a": {}, "x": 1}', '{"a": {"b": 1}}', '{"a": { "b": 1 }, "x": 1}'],
    [
      "fills it line by line",
      '{\n  "a": {}\n}',
      '{\n  "a": {}\n}',
      '{\n  "a": {\n    "b": 1\n  }\n}',
      '{\n  "a": {\n    "b": 1\n  }\n}',
    ],
    ["empties an object", '{"a": 1, "b": [ 1 ]}', '{ "a": 1, "b": [ 1 ] }', "{}", "{}"],
    ["takes the first item's place", '{"a": 1,"b": 2}', '{"a": 1,"b": 2,"c": 3}', '{"b": 2}', '{"b": 2,"c": 3}'],
    ["keeps short ones on one line", '{"a":1}', '{"a":1}', '{"a":1,"b":2,"c":3}', '{"a":1, "b": 2, "c": 3}'],
    ["appends items in their order", "[1]", "[1]", "[1, 2, 3]", "[1, 2, 3]"],
    ["takes a whole document", "1", "1", "[2]", "[2]"],
    ["keeps a key whose name holds quotes", "{}", "{}", '{"a\\"b: ": 1}', '{ "a\\"b: ": 1 }'],
    [
      "sets lines in as the place asks",
      '{"a": 1}',
      '{\n    "a": 1\n}',
      '{\n  "a": [\n    1\n  ]\n}',
      '{\n    "a": [\n      1\n    ]\n}',
    ],
  ])("%s", (_, base, yours, theirs, expected) => expect(merge(base, yours, theirs)).toBe(expected));

  it("is theirs if you changed nothing, yours if they did not, and always right", () => {
    randomly(500, (random) => {
      const write = (): string => JSON.stringify(randomValue(random, 3), null, random() < 0.5 ? 0 : 2);
      const [base, yours, theirs] = [write(), write(), write()];
      expect(JSON.parse(merge(base, base, theirs))).toEqual(JSON.parse(theirs));
      expect(merge(base, yours, base)).toBe(yours);

      const found = differences(base, yours, theirs);
      const choices = Object.fromEntries(
        found.map(({ path }) => [pathName(path), random() < 0.5 ? "yours" : "theirs"] as const),
      );
      const text = merge(base, yours, theirs, choices);
      expect(read(text).problems.filter(({ severity }) => severity === "error")).toEqual([]);
      const left = compare(read(base), read(text), read(theirs)).filter((difference) => difference.kind === "theirs");
      expect(left).toEqual([]);
      for (const difference of found) {
        if (taken(difference, choices) !== "theirs") continue;
        const again = compare(read(base), read(text), read(theirs)).find(
          ({ path }) => pathName(path) === pathName(difference.path),
        );
        expect(again).toBeUndefined();
      }
    });
  });

  it("is nothing but yours when everyone wrote the same", () => {
    const text = '{ "a" : 1.0 }';
    expect(merge(text, text, '{"a":1.0}')).toBe(text);
    expect(same({ text, node: read(text).root ?? undefined }, { text: "[]", node: read("[]").root ?? undefined })).toBe(
      false,
    );
  });
});
