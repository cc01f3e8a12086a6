/** The count of old files is right, however many there are. */
import { expect, test, vi } from "vitest";
import { setHost } from "../../app/host";
import { fakeHost } from "../../host/fake";
import { countOlder } from "./older";

async function bucketOf(files: number) {
  const host = fakeHost();
  setHost(host);
  const { id } = await host.call("bucket_create", { title: "Ages" });
  const { store } = host.fake;
  for (let n = 0; n < files; n++) {
    store.now = () => (n + 1) * 1000;
    store.put(id, `f${n}`, `f${n}`, 1, "text/plain");
  }
  store.now = () => 1e6;
  return { id, asked: vi.spyOn(host, "call") };
}

test.each([
  [0, 5000, 0],
  [1, 999, 0],
  [1, 1000, 1],
  [10, 0, 0],
  [10, 4000, 4],
  [10, 4999, 4],
  [10, 99_000, 10],
])("of %d files that came one a second, those of the first %d ms are %d", async (files, before, older) => {
  const { id } = await bucketOf(files);
  expect(await countOlder(id, before)).toBe(older);
});

test("a thousand files need few questions", async () => {
  const { id, asked } = await bucketOf(1000);
  expect(await countOlder(id, 333_000)).toBe(333);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(11);
});
