/** The stand-in keeps the promises that the page's tests lean on. */
import { describe, expect, test } from "vitest";
import { fakeHost } from "./fake";
import { isApiError, type Signal } from "./host";

async function refusalOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!isApiError(error)) throw new Error(`expected an error of ours, got ${JSON.stringify(error)}`);
  return error;
}

const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("the host in memory", () => {
  test("a second bucket of the same title gets a slug of its own", async () => {
    const host = fakeHost();
    const first = await host.call("bucket_create", { title: "Spring campaign 2027" });
    const second = await host.call("bucket_create", { title: "Spring Campaign 2027" });
    expect([first.slug, second.slug]).toEqual(["spring-campaign-2027", "spring-campaign-2027-2"]);
  });

  test("data keeps every letter, and a stale save is refused with what is there", async () => {
    const host = fakeHost();
    const { id } = await host.call("bucket_create", { title: "Data" });
    const text = '{ "a": 1836486125467611137,\n "b": 1e400, "c": 1.0 }';
    const saved = await host.call("data_set", { bucket: id, text, revision: 1 });
    expect((await host.call("data_show", { bucket: id })).text).toBe(text);
    host.fake.writeData(id, "{}", "A script");
    const refusal = await refusalOf(host.call("data_set", { bucket: id, text: "[]", revision: saved.revision }));
    expect(refusal.code).toBe("stale_revision");
    expect(refusal.details).toMatchObject({ text: "{}", by: "A script", revision: "3" });
  });

  test("a drop of good and bad files brings in the good ones and names the others", async () => {
    const host = fakeHost();
    const limits = { fileSizeLimit: 1000, maxFiles: null, quota: null, allowedMimeTypes: [] };
    const { id } = await host.call("bucket_create", { title: "Small", limits });
    host.fake.store.disk.add({ path: "/d/Ünter.txt", size: 10 }, { path: "/d/big.txt", size: 2000 });
    host.fake.store.disk.add({ path: "/d/_nter.txt", size: 12 });
    const look = await host.call("preflight", { bucket: id, paths: ["/d"] });
    expect([look.readyFiles, look.chooseFiles, look.refusedFiles]).toEqual([1, 1, 1]);
    const states: string[] = [];
    const done = await host.ingest({ bucket: id, sources: [{ path: "/d" }] }, (transfer) =>
      states.push(transfer.state),
    );
    expect(done.added).toBe(1);
    expect(done.failures.map(({ code }) => code).sort()).toEqual(["name_conflict", "too_large"]);
    expect(states.at(-1)).toBe("done");
  });

  test("replacing a file keeps its link and makes a version", async () => {
    const host = fakeHost();
    const { id } = await host.call("bucket_create", { title: "Versions" });
    host.fake.store.disk.add({ path: "/d/a.txt", size: 10 });
    const once = await host.ingest({ bucket: id, sources: [{ path: "/d/a.txt" }] }, () => {});
    const twice = await host.ingest({ bucket: id, sources: [{ path: "/d/a.txt" }] }, () => {});
    expect(twice.replaced).toBe(1);
    expect(twice.objects[0]).toMatchObject({ path: once.objects[0]!.path, version: 2, versions: 2 });
  });

  test("changes are told once, together, and reading tells nothing", async () => {
    const host = fakeHost();
    const heard: Signal[] = [];
    host.subscribe((signal) => heard.push(signal));
    const { id } = await host.call("bucket_create", { title: "Events" });
    await host.call("bucket_show", { bucket: id });
    await nextTurn();
    expect(heard.flatMap((signal) => (signal.kind === "changes" ? signal.events : [])).map(({ kind }) => kind)).toEqual(
      ["bucket_created"],
    );
  });

  test("a cancelled transfer leaves out what had not come in", async () => {
    const host = fakeHost();
    host.fake.intake.speed = 1000;
    const bucket = await host.call("bucket_create", { title: "Films" });
    const source = { path: "/home/mara/Desktop/Hero film 90 s master.mov" };
    host.fake.store.disk.add({ ...source, size: 912e6 });
    const ended = host.ingest({ bucket: bucket.id, sources: [source], transfer: "t1" }, () => {});
    await nextTurn();
    await host.call("transfer_cancel", { transfer: "t1" });
    const { transfer, added } = await ended;
    expect([transfer.state, added]).toEqual(["cancelled", 0]);
  });
});
