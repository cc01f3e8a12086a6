/** The preview of an address says what the engine will say. */
import { expect, test } from "vitest";
import { freeSlug, slugPreview } from "./slug";

test.each([
  ["User Avatars", "user-avatars"],
  ["My Documents & Files", "my-documents-files"],
  ["Café crème", "cafe-creme"],
  ["  spaced   out  ", "spaced-out"],
  ["a - b", "a-b"],
  ["日本語", "bucket"],
  ["My@Files", "myfiles"],
  ["___", "bucket"],
  ["snake_case", "snake_case"],
])("“%s” gives %s", (title, slug) => expect(slugPreview(title)).toBe(slug));

test("a taken address gets the next number, and no title gives none", () => {
  expect(freeSlug("Spring", ["spring", "spring-2"])).toBe("spring-3");
  expect(freeSlug("  ", [])).toBe("");
});
