/** Line and column lead to the place that the engine meant. */
import { expect, test } from "vitest";
import { marked, offsetOf, placeOf } from "./place";

test.each([
  ["abc", 1, 1, 0],
  ["abc", 1, 4, 3],
  ["ab\ncd", 2, 2, 4],
  ["ab\ncd", 1, 99, 2],
  ["ab\ncd", 9, 1, 5],
  ["“😀” x", 1, 5, 5],
])("in %j line %d, column %d is at %d", (text, line, column, offset) =>
  expect(offsetOf(text, { line, column })).toBe(offset),
);

test.each([
  ["user.rol == 1", 1, 6, "user.|rol| == 1"],
  ["a ==\n  (b", 2, 3, "a ==\n  |(|b"],
  ["a ==", 1, 5, "a ==| |"],
  ["a ==\nb", 1, 5, "a ==| |\nb"],
])("in %j the mark at %d:%d is %j", (text, line, column, expected) => {
  const { before, at, after } = marked(text, { line, column });
  expect(`${before}|${at}|${after}`).toBe(expected);
});

test("without a place nothing is marked", () => {
  expect(marked("a == b", null)).toEqual({ before: "a == b", at: "", after: "" });
  expect([placeOf({}), placeOf({ line: "0", column: "1" }), placeOf({ line: "2", column: "3" })]).toEqual([
    null,
    null,
    { line: 2, column: 3 },
  ]);
});
