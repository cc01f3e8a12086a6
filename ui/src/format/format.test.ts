/** Tables of what people see for numbers, sizes, dates and kinds. */
import { describe, expect, test } from "vitest";
import { count, date, dateTime, fileKind, limit, limitParts, plural, rate, size, span, timeLeft, unitBytes } from ".";

describe("sizes", () => {
  test.each([
    [0, "0 B"],
    [705, "705 B"],
    [999, "999 B"],
    [1000, "1.00 KB"],
    [4_210, "4.21 KB"],
    [9_994, "9.99 KB"],
    [9_996, "10.0 KB"],
    [18_600_000, "18.6 MB"],
    [99_960, "100 KB"],
    [486_000_000, "486 MB"],
    [999_400, "999 KB"],
    [999_600, "1.00 MB"],
    [1_790_000_000, "1.79 GB"],
    [2.5e18, "2,500 PB"],
  ])("%d bytes read as %s", (bytes, words) => expect(size(bytes)).toBe(words));

  test.each([
    [2 ** 30, "1 GiB"],
    [512 * 2 ** 20, "512 MiB"],
    [500_000_000, "500 MB"],
    [1_500_000_000, "1,500 MB"],
    [1536, "1.54 KB"],
    [1, "1 B"],
  ])("a limit of %d bytes reads in the unit it was set in: %s", (bytes, words) => expect(limit(bytes)).toBe(words));

  test("the parts of a limit make the same limit again", () => {
    for (const bytes of [1, 999, 1024, 1000, 2 ** 30, 3e9, 1_234_567]) {
      const { value, unit } = limitParts(bytes);
      expect(value * unitBytes(unit)).toBe(bytes);
    }
  });

  test("a rate is a size in a second", () => expect(rate(61_400_000.4)).toBe("61.4 MB/s"));
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 21, 15, 0);
  test.each([
    [Date.UTC(2026, 10, 21, 14, 12), "Today 14:12"],
    [Date.UTC(2026, 10, 21, 0, 0), "Today 00:00"],
    [Date.UTC(2026, 10, 20, 17, 26), "Yesterday 17:26"],
    [Date.UTC(2026, 10, 18, 9, 0), "18 Nov 2026"],
  ])("%d is %s", (ms, words) => expect(date(ms, now)).toBe(words));

  test("a moment that matters has its weekday and its time", () => {
    expect(dateTime(Date.UTC(2026, 10, 28, 14, 32))).toBe("Sat 28 Nov 2026, 14:32");
  });

  test.each([
    [45, "45 s"],
    [2400, "40 min"],
    [(90 * 3600) / 2, "45 h"],
    [3 * 86_400, "3 days"],
  ])("%d seconds are a span of %s", (seconds, words) => expect(span(seconds)).toBe(words));

  test.each([
    [0.2, "1 s left"],
    [7.4, "8 s left"],
    [360, "6 min left"],
    [7300, "2 h left"],
    [Infinity, ""],
  ])("%d seconds are %s", (seconds, words) => expect(timeLeft(seconds)).toBe(words));
});

test("counts are grouped and words follow them", () => {
  expect(count(1284)).toBe("1,284");
  const files = { zero: "No files", one: "1 file", other: "# files" };
  expect([0, 1, 2406].map((n) => plural(n, files))).toEqual(["No files", "1 file", "2,406 files"]);
});

test.each([
  ["image/jpeg", "mug.jpg", "image"],
  ["application/pdf", "a.pdf", "pdf"],
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "prices.xlsx", "sheet"],
  ["text/csv", "prices.csv", "sheet"],
  ["application/json", "colours.json", "json"],
  ["text/plain; charset=utf-8", "main.rs", "code"],
  ["text/markdown", "read me.md", "text"],
  ["application/zip", "press", "archive"],
  ["font/woff2", "inter.woff2", "font"],
  ["application/octet-stream", "blob", "other"],
] as const)("%s named %s is of kind %s", (type, name, kind) => expect(fileKind(type, name)).toBe(kind));
