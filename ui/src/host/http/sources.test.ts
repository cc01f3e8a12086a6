import { expect, test } from "vitest";
import { Sources } from "./sources";

const given = (...paths: string[]) => paths.map((path) => ({ path, file: new File([path], path.split("/").at(-1)!) }));

test("a batch is its files and folders, and a folder is all that is in it", () => {
  const sources = new Sources();
  const [first] = sources.add(given("a.txt"));
  const paths = sources.add(given("a.txt", "Photos/b.jpg", "Photos/Large/c.jpg"));
  expect(paths).toEqual(["/2/a.txt", "/2/Photos"]);
  expect(first).toBe("/1/a.txt");
  expect(sources.under("/2/Photos").map(({ path, into }) => [path, into])).toEqual([
    ["/2/Photos/b.jpg", "Photos"],
    ["/2/Photos/Large/c.jpg", "Photos/Large"],
  ]);
  expect(paths.map((path) => sources.isFile(path))).toEqual([true, false]);
  expect(sources.under("/2/a.txt").map(({ into }) => into)).toEqual([""]);
});

test("what was let go of, or never given, is nothing", () => {
  const sources = new Sources();
  const [path] = sources.add(given("a.txt"));
  sources.forget(path!);
  expect(sources.under(path!)).toEqual([]);
  expect(sources.under("/home/mara/a.txt")).toEqual([]);
});
