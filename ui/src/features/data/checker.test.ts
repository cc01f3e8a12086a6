import { Text } from "@codemirror/state";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Checker, type Checked } from "./checker";

const asDoc = (text: string): Text => Text.of(text.split("\n"));
const large = asDoc(`[\n${Array.from({ length: 40_000 }, (_, index) => `{"n": ${index}}`).join(",\n")}\n]`);

let known: Checked[];
let checker: Checker;

beforeEach(() => {
  vi.useFakeTimers();
  known = [];
  checker = new Checker(
    () => "[1]",
    (checked) => known.push(checked),
  );
});
afterEach(() => vi.useRealTimers());

it("a small text is known at once when it is opened", () => {
  checker.start(asDoc("[2]"));
  expect(known.map(({ document, changed }) => [document.valid, changed.length])).toEqual([[true, 1]]);
});

it("many keys in a row are one reading, of the last text", () => {
  for (const text of ["[", "[2", "[2]"]) checker.changed(asDoc(text));
  expect(known).toEqual([]);
  vi.runAllTimers();
  expect(known.map(({ document }) => document.text)).toEqual(["[2]"]);
});

it("a large text is read in slices, and given up for a newer one", () => {
  checker.start(large);
  expect(known).toEqual([]);
  checker.changed(asDoc("[2]"));
  vi.runAllTimers();
  expect(known.map(({ document }) => document.text)).toEqual(["[2]"]);
});

it("what must be known now is read to its end, once", () => {
  checker.changed(large);
  const { document } = checker.now(large);
  expect(document.valid).toBe(true);
  expect(checker.now(large).document).toBe(document);
  vi.runAllTimers();
  expect(known).toHaveLength(2);
});

it("nothing is told after the end", () => {
  checker.changed(asDoc("[2]"));
  checker.stop();
  vi.runAllTimers();
  expect(known).toEqual([]);
});
