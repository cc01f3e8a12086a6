/** What is written as a span of time is that many seconds. */
import { expect, test } from "vitest";
import { secondsOf } from "./span";

test.each([
  ["30", "minutes", 1800],
  ["1.5", "hours", 5400],
  ["0,5", "days", 43_200],
  ["7", "days", 604_800],
  ["0", "days", null],
  ["", "hours", null],
  ["-1", "hours", null],
  ["soon", "hours", null],
  ["99999999999999999", "days", null],
] as const)("“%s” %s are %s seconds", (text, unit, seconds) => expect(secondsOf({ text, unit })).toBe(seconds));
