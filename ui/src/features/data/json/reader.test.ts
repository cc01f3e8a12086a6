import { describe, expect, it } from "vitest";
import { applyEdits } from "./edits";
import type { ProblemCode } from "./problems";
import { DEEPEST, read, Reader } from "./reader";
import { randomValue, randomly } from "./random";
import { child, type JsonNode } from "./tree";

/** The codes found, each with the text it marks. */
function found(text: string): [ProblemCode, string][] {
  return read(text).problems.map((problem) => [problem.code, text.slice(problem.from, problem.to)]);
}

/** The text after the fixes of each round have been applied one at a time, from the first to the last. */
function repaired(text: string): string {
  let now = text;
  for (let round = 0; round < 50; round++) {
    const fix = read(now).problems.find((problem) => problem.severity === "error" && problem.fix)?.fix;
    if (!fix) return now;
    now = applyEdits(now, fix.edits);
  }
  return now;
}

describe("a right document", () => {
  const texts = [
    "{}",
    "[]",
    " null ",
    "1836486125467611137",
    "1e400",
    "-0.0E+10",
    '"a \\u00e9 \\" \\\\ \\/ \\b\\f\\n\\r\\t"',
    '{"a": [1, 2, {"b": null}], "c": "}", "": false}\r\n',
    "[[[[]]]]",
  ];
  it.each(texts)("%s has no problems", (text) => expect(read(text).problems).toEqual([]));

  it("is the one JSON.parse takes, for random documents", () => {
    randomly(300, (random) => {
      const value = randomValue(random, 4);
      for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
        const { root, valid, problems } = read(text);
        expect(problems).toEqual([]);
        expect(valid).toBe(true);
        expect(root && valueOf(text, root)).toEqual(value);
      }
    });
  });

  it("is refused exactly where JSON.parse refuses it, for documents with one character lost", () => {
    randomly(300, (random) => {
      const text = JSON.stringify(randomValue(random, 3), null, 1);
      const at = Math.floor(random() * text.length);
      const broken = text.slice(0, at) + text.slice(at + 1);
      expect([broken, read(broken).valid]).toEqual([broken, parses(broken)]);
    });
  });
});

describe("problems", () => {
  const table: [string, [ProblemCode, string][], string?][] = [
    ["", [["empty", ""]], "{}"],
    ["  ", [["empty", "  "]], "{}"],
    ["[1 2]", [["comma_missing_value", "2"]], "[1, 2]"],
    ['["a"\n "b"]', [["comma_missing_value", '"b"']], '["a",\n "b"]'],
    ['{"a": 1 "b": 2}', [["comma_missing_key", '"b"']], '{"a": 1, "b": 2}'],
    ["[{} {}]", [["comma_missing_value", "{"]], "[{}, {}]"],
    ["[1, 2,]", [["comma_extra", ","]], "[1, 2]"],
    ['{"a": 1,}', [["comma_extra", ","]], '{"a": 1}'],
    ["[1,, 2]", [["comma_extra", ","]], "[1, 2]"],
    ["[,1]", [["comma_extra", ","]], "[1]"],
    ["{a: 1}", [["key_missing_quotes", "a"]], '{"a": 1}'],
    ["{1: 1}", [["key_missing_quotes", "1"]], '{"1": 1}'],
    [
      "{'a': 'it\\'s \"b\"'}",
      [
        ["wrong_quotes", "'a'"],
        ["wrong_quotes", "'it\\'s \"b\"'"],
      ],
      '{"a": "it\'s \\"b\\""}',
    ],
    ["[“a”]", [["wrong_quotes", "“a”"]], '["a"]'],
    ['{"a" 1}', [["colon_missing", '"a"']], '{"a": 1}'],
    ['{"a":: 1}', [["colon_extra", ":"]], '{"a": 1}'],
    ['{"a": }', [["value_missing", '"a"']]],
    ['{"a", "b": 1}', [["value_missing", '"a"']]],
    [
      '{"a":\n"b": 1}',
      [
        ["value_missing", '"a"'],
        ["comma_missing_key", '"b"'],
      ],
    ],
    ["{: 1}", [["key_missing", ":"]]],
    ["{[1]}", [["key_missing", "["]]],
    ['["a\\x"]', [["bad_escape", "\\x"]], '["a\\\\x"]'],
    ['["\\u12G"]', [["bad_unicode_escape", "\\u12"]], '["\\\\u12G"]'],
    ['["a\tb"]', [["control_character", "\t"]], '["a\\tb"]'],
    ['["a\u0001b"]', [["control_character", "\u0001"]], '["a\\u0001b"]'],
    ['["a, \n"b"]', [["text_not_closed", '"a']], '["a", \n"b"]'],
    ['{"a": "b\n}', [["text_not_closed", '"b']], '{"a": "b"\n}'],
    ['{a": 1}', [["text_not_opened", 'a"']], '{"a": 1}'],
    ["[01]", [["bad_number", "01"]], "[1]"],
    [
      "[.5, 5., +1, 1_000]",
      [
        ["bad_number", ".5"],
        ["bad_number", "5."],
        ["bad_number", "+1"],
        ["bad_number", "1_000"],
      ],
      "[0.5, 5.0, 1, 1000]",
    ],
    ["[0x1F]", [["bad_number", "0x1F"]]],
    ["[1e]", [["bad_number", "1e"]]],
    ["[NaN]", [["text_missing_quotes", "NaN"]], '["NaN"]'],
    [
      "[True, None]",
      [
        ["wrong_word", "True"],
        ["wrong_word", "None"],
      ],
      "[true, null]",
    ],
    ["[hello world]", [["text_missing_quotes", "hello world"]], '["hello world"]'],
    ["[true false]", [["comma_missing_value", "false"]], "[true, false]"],
    ["[1] // one", [["comment", "// one"]], "[1] "],
    ["[1, /* two */ 3]", [["comment", "/* two */"]], "[1,  3]"],
    ["[1; 2]", [["wrong_mark", ";"]], "[1, 2]"],
    ['{"a" = 1}', [["wrong_mark", "="]], '{"a" : 1}'],
    ["[1,\u00a02]", [["stray_space", "\u00a0"]], "[1, 2]"],
    ["\ufeff{}", [["stray_space", "\ufeff"]], "{}"],
    ["[1, @@ 2]", [["stray", "@@"]], "[1,  2]"],
    ['{"a": [1, 2}', [["array_not_closed", "["]], '{"a": [1, 2]}'],
    [
      '{"a": [1, {',
      [
        ["object_not_closed", "{"],
        ["array_not_closed", "["],
        ["object_not_closed", "{"],
      ],
      '{"a": [1, {}]}',
    ],
    ["[1]]", [["closes_nothing", "]"]], "[1]"],
    ["[1}]", [["closes_nothing", "}"]], "[1]"],
    ["{} {}", [["text_after_end", "{}"]], "{} "],
  ];
  it.each(table)("%j", (text, expected, after) => {
    expect(found(text)).toEqual(expected);
    if (after !== undefined) {
      expect(repaired(text)).toBe(after);
      expect(read(after).valid).toBe(true);
    }
  });

  it("are all found, not only the first", () => {
    const text = '{\n  a: 1\n  \'b\': .5,\n  "c": [1 2,],\n  "c": tru\n';
    expect(found(text).map(([code]) => code)).toEqual([
      "object_not_closed",
      "key_missing_quotes",
      "wrong_quotes",
      "comma_missing_key",
      "bad_number",
      "comma_missing_value",
      "comma_extra",
      "key_repeated",
      "text_missing_quotes",
    ]);
  });

  it("mark a key that stands twice, and do not refuse it", () => {
    const text = '{"a": 1, "b": {"a": 2}, "\\u0061": 3}';
    const { problems, valid } = read(text);
    expect(valid).toBe(true);
    expect(problems).toEqual([{ code: "key_repeated", severity: "warning", from: 24, to: 32, key: "a", first: 1 }]);
  });

  it("tell of values nested deeper than the engine reads, once", () => {
    const deep = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);
    expect(found(deep(DEEPEST))).toEqual([]);
    expect(found(deep(DEEPEST + 5))).toEqual([["too_deep", "["]]);
  });

  it("never loop or throw on arbitrary text", () => {
    const signs = [..."{}[]:,\"'\\ \n\tabn0-.1eu/*#;=@é"];
    randomly(2000, (random) => {
      const text = Array.from(
        { length: Math.floor(random() * 30) },
        () => signs[Math.floor(random() * signs.length)],
      ).join("");
      expect([text, read(text).valid]).toEqual([text, parses(text)]);
    });
  });
});

it("a document is read in slices with the same outcome", () => {
  const text = '{"a": [1, 2, {"b": tru}], "a": 2}';
  const reader = new Reader(text);
  let slices = 1;
  while (!reader.read(3)) slices++;
  expect(slices).toBeGreaterThan(5);
  expect(reader.document()).toEqual(read(text));
});

it("a repeated key leads to its last value", () => {
  const text = '{"a": 1, "a": 2}';
  const { root } = read(text);
  const value = root && child(root, "a");
  expect(value && text.slice(value.from, value.to)).toBe("2");
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueOf(text: string, node: JsonNode): unknown {
  if (node.kind === "array") return node.items.map((item) => valueOf(text, item));
  if (node.kind === "object")
    return Object.fromEntries(node.members.map(({ key, value }) => [key, valueOf(text, value)]));
  return JSON.parse(text.slice(node.from, node.to));
}
