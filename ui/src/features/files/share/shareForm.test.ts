/** A link lives as long as was chosen, and never longer than a week. */
import { expect, test } from "vitest";
import { sampleObject } from "../sample";
import { lifeOf, requestOf, type ShareForm } from "./shareForm";

const form: ShareForm = { life: "week", span: { text: "3", unit: "hours" }, opensAs: "preview" };
const object = sampleObject("o1", { originalName: "Mug with lemons.jpg" });

test.each([
  ["hour", "", 3600],
  ["day", "", 86_400],
  ["week", "", 604_800],
  ["other", "3", 10_800],
  ["other", "168", 604_800],
  ["other", "169", null],
  ["other", "", null],
] as const)("the life %s “%s” is %s seconds", (life, text, seconds) =>
  expect(lifeOf({ ...form, life, span: { text, unit: "hours" } })).toBe(seconds),
);

test("a preview names no file, a download is called as the person's file was", () => {
  const asked = { bucket: "b1", object: { id: "o1" }, seconds: 604_800 };
  expect(requestOf(form, object)).toEqual(asked);
  expect(requestOf({ ...form, opensAs: "download" }, object)).toEqual({ ...asked, download: "Mug with lemons.jpg" });
  expect(requestOf({ ...form, life: "other", span: { text: "x", unit: "days" } }, object)).toBeNull();
});
