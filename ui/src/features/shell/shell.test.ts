/** Small rules of the shell: searching buckets, naming the first. */
import { expect, test } from "vitest";
import type { Bucket } from "../../bindings/wire";
import { titleFor } from "./firstBucket";
import { matching } from "./search";

const bucket = (title: string, slug: string) => ({ id: `b${slug}`, title, slug }) as Bucket;
const all = [
  bucket("Café menus", "cafe-menus"),
  bucket("Product photos", "product-photos"),
  bucket("Press kit", "press-kit"),
];

test.each([
  ["", ["Café menus", "Product photos", "Press kit"]],
  ["CAFE", ["Café menus"]],
  ["pr", ["Product photos", "Press kit"]],
  ["photos product", ["Product photos"]],
  ["bpress-kit", ["Press kit"]],
  ["nothing", []],
])("searching “%s” finds %j", (wanted, titles) => {
  expect(matching(all, wanted).map(({ title }) => title)).toEqual(titles);
});

test.each([
  [["/home/mara/Holiday 2026"], "Holiday 2026"],
  [["/home/mara/Holiday 2026/"], "Holiday 2026"],
  [["C:\\Users\\Mara\\Holiday"], "Holiday"],
  [["/home/mara/mug.jpg"], "My files"],
  [["/home/mara/a", "/home/mara/b"], "My files"],
])("%j make a first bucket called %s", (paths, title) => expect(titleFor(paths)).toBe(title));
