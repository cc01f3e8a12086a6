/** The form of a bucket's settings changes what was changed, and nothing else. */
import { expect, test } from "vitest";
import type { Bucket } from "../../bindings/wire";
import { bucketForm, changesOf, isWrong, NO_LIMITS, titleTrouble } from "./bucketForm";

const bucket = {
  ...{ title: "Press kit", icon: "newspaper", notes: "", enabled: true },
  limits: { ...NO_LIMITS, fileSizeLimit: 2 ** 30, allowedMimeTypes: ["image/*", "text/x-rust"] },
} as Bucket;

test("an untouched form changes nothing", () => expect(changesOf(bucketForm(bucket), bucket)).toEqual({}));

test("only what was touched is sent", () => {
  const form = { ...bucketForm(bucket), title: " Press ", enabled: false };
  expect(changesOf(form, bucket)).toEqual({ title: "Press", enabled: false });
});

test("the same limit in another unit is no change", () => {
  const form = bucketForm(bucket);
  form.limits.fileSize = { text: "1024", unit: "MiB" };
  expect(changesOf(form, bucket)).toEqual({});
});

test("a limit that cannot be read makes the form wrong and is left out of the changes", () => {
  const form = bucketForm(bucket);
  expect(isWrong(form)).toBe(false);
  form.limits.maxFiles = "many";
  expect([isWrong(form), changesOf(form, bucket)]).toEqual([true, {}]);
});

test.each([
  ["", "Give the bucket a title"],
  ["   ", "Give the bucket a title"],
  ["x".repeat(201), "A title has at most 200 letters"],
  ["Press kit", null],
])("the title “%s” is answered by %s", (title, trouble) => expect(titleTrouble(title)).toBe(trouble));
