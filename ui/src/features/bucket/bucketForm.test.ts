/** The form of a bucket's settings changes what was changed, and nothing else. */
import { expect, test } from "vitest";
import type { Bucket } from "../../bindings/wire";
import { backTo, bucketForm, changesOf, NO_LIMITS, titleTrouble } from "./bucketForm";

const bucket = {
  ...{ title: "Press kit", icon: "newspaper", notes: "", enabled: true },
  limits: { ...NO_LIMITS, fileSizeLimit: 2 ** 30, allowedMimeTypes: ["image/*", "text/x-rust"] },
} as Bucket;

test("an untouched form changes nothing", () =>
  expect(changesOf(bucketForm(bucket), bucket)).toEqual({ changes: {}, changed: false }));

test("only what was touched is sent, and the way back names the same", () => {
  const form = { ...bucketForm(bucket), title: " Press ", enabled: false };
  const { changes } = changesOf(form, bucket);
  expect(changes).toEqual({ title: "Press", enabled: false });
  expect(backTo(bucket, changes)).toEqual({ title: "Press kit", enabled: true });
});

test("the same limit in another unit is no change", () => {
  const form = bucketForm(bucket);
  form.limits.fileSize = { text: "1024", unit: "MiB" };
  expect(changesOf(form, bucket).changed).toBe(false);
});

test("a limit that cannot be read counts as changed, so that leaving asks", () => {
  const form = bucketForm(bucket);
  form.limits.maxFiles = "many";
  expect(changesOf(form, bucket)).toEqual({ changes: {}, changed: true });
});

test.each([
  ["", "Give the bucket a title"],
  ["   ", "Give the bucket a title"],
  ["x".repeat(201), "A title has at most 200 letters"],
  ["Press kit", null],
])("the title “%s” is answered by %s", (title, trouble) => expect(titleTrouble(title)).toBe(trouble));
