/** Limits survive the way into a form and back; what is no limit is found. */
import { describe, expect, test } from "vitest";
import type { Limits } from "../bindings/wire";
import { bytesOf, countOf, limitsForm, readLimits } from "./limitForm";
import { groupTypes, isTypePattern, typesInWords, wrongAccept } from "./types";

const limits = (some: Partial<Limits>): Limits => ({
  fileSizeLimit: null,
  maxFiles: null,
  quota: null,
  allowedMimeTypes: [],
  ...some,
});

test.each([
  limits({}),
  limits({ fileSizeLimit: 2 ** 30, maxFiles: 100 }),
  limits({ fileSizeLimit: 1, quota: 5e11 }),
  limits({ allowedMimeTypes: ["image/*", "application/pdf", "text/x-rust"] }),
  limits({ allowedMimeTypes: ["*/*"] }),
])("limits come back from a form as they went in: %j", (some) =>
  expect(readLimits(limitsForm(some)).limits).toEqual(some),
);

describe("what is written", () => {
  test.each([
    ["", null],
    ["1", 1_000_000],
    ["1.5", 1_500_000],
    ["1,5", 1_500_000],
    ["0", undefined],
    ["-1", undefined],
    ["much", undefined],
    ["99999999999999", undefined],
  ])("“%s” MB is %s bytes", (text, bytes) => expect(bytesOf({ text, unit: "MB" })).toBe(bytes));

  test.each([
    ["", null],
    ["100", 100],
    ["1,284", 1284],
    ["0", undefined],
    ["ten", undefined],
  ])("“%s” files are %s", (text, n) => expect(countOf(text)).toBe(n));

  test("each wrong part is named, and the others are not", () => {
    const form = { ...limitsForm(limits({})), maxFiles: "many", others: "image/png, image/pngg*" };
    expect(readLimits(form).trouble).toEqual({ fileSize: false, maxFiles: true, quota: false, others: true });
  });
});

describe("media types", () => {
  test.each(["image/png", "image/*", "*/*", "application/vnd.ms-excel", "image/svg+xml"])("%s is a pattern", (type) =>
    expect(isTypePattern(type)).toBe(true),
  );
  test.each(["image/pngg*", "image", "*/png", "image/", "/png", "image/png;q=1", ""])("“%s” is none", (type) =>
    expect(isTypePattern(type)).toBe(false),
  );
  test("whole groups have names, the rest is shown as written", () => {
    expect(groupTypes(["image/*", "application/zip"])).toEqual({ groups: ["images"], others: ["application/zip"] });
    expect(typesInWords(["video/*", "image/*", "application/pdf", "text/x-rust"])).toBe(
      "Images, video, PDF, text/x-rust",
    );
  });
  test.each([
    ["", null],
    [".jpg, image/*, application/pdf", null],
    [".tar.gz,IMAGE/PNG", null],
    [".jpg, pictures", "pictures"],
  ])("in the list “%s” the wrong part is %s", (text, part) => expect(wrongAccept(text)).toBe(part));
});
