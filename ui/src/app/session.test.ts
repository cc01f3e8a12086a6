/** The session follows what happens, goes where it is sent, and asks before something would be lost. */
import { beforeEach, expect, test, vi } from "vitest";
import { fakeHost, type FakeHost } from "../host/fake";
import { call, setHost } from "./host";
import { addLeaveGuard, onChanges, session } from "./session.svelte";

let host: FakeHost;
let stop = () => {};

async function begin(titles: string[]) {
  host = fakeHost();
  setHost(host);
  for (const title of titles) await call("bucket_create", { title });
  await new Promise((resolve) => setTimeout(resolve, 2));
  stop();
  stop = session.start();
  await session.refresh();
}

beforeEach(async () => {
  await begin(["One", "Two", "Three"]);
  await session.go({ view: "bucket", bucket: session.buckets[0]!.id, tab: "files" });
});

const titles = () => session.buckets.map((bucket) => bucket.title);

test("buckets keep their places, oldest first", () => expect(titles()).toEqual(["One", "Two", "Three"]));

test("what another writer makes appears, and listeners hear of it after the session knows", async () => {
  const seen = vi.fn(() => titles());
  const quiet = onChanges(seen);
  await host.call("bucket_create", { title: "Four" });
  await vi.waitFor(() => expect(seen).toHaveBeenCalledOnce());
  expect(seen).toHaveReturnedWith(["One", "Two", "Three", "Four"]);
  quiet();
});

test("another bucket opens on its files, and a page keeps the way back", async () => {
  await session.go({ tab: "data" });
  await session.go({ view: "trash" });
  expect(session.bucket?.title).toBe("One");
  await session.go({ bucket: session.buckets[1]!.id });
  expect([session.view, session.tab, session.bucket?.title]).toEqual(["bucket", "files", "Two"]);
});

test("a guard that says no holds the person back", async () => {
  const guard = vi.fn(async () => false);
  const release = addLeaveGuard(guard);
  expect(await session.go({ tab: "data" })).toBe(false);
  expect(session.tab).toBe("files");
  release();
  expect(await session.go({ tab: "data" })).toBe(true);
  expect(guard).toHaveBeenCalledOnce();
});

test("going where one is asks nobody", async () => {
  const guard = vi.fn(async () => false);
  const release = addLeaveGuard(guard);
  expect(await session.go({ tab: "files" })).toBe(true);
  expect(guard).not.toHaveBeenCalled();
  release();
});

test("the bucket beneath takes the place of one that goes", async () => {
  await session.go({ bucket: session.buckets[1]!.id });
  session.put(await call("bucket_delete", { bucket: session.bucket!.id }));
  expect(session.bucket?.title).toBe("Three");
  session.put(await call("bucket_delete", { bucket: session.bucket!.id }));
  expect(session.bucket?.title).toBe("One");
});

test("the window closes only if nobody holds it", async () => {
  await host.setUnsaved(true);
  const release = addLeaveGuard(async () => false);
  host.fake.close();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(host.fake.closed).toBe(false);
  release();
  host.fake.close();
  await vi.waitFor(() => expect(host.fake.closed).toBe(true));
});

test("buckets that cannot be read are a trouble that passes", async () => {
  host.fake.failNext = { name: "bucket_list", code: "database", message: "The home could not be read." };
  await session.refresh();
  expect(session.trouble).toMatchObject({ code: "database" });
  await session.refresh();
  expect(session.trouble).toBeNull();
});
