import { beforeEach, describe, expect, it, vi } from "vitest";
import { asking } from "../../app/ask.svelte";
import { mayClose } from "../../app/closing";
import { setHost } from "../../app/host";
import { notices, takeBack } from "../../app/notices.svelte";
import { undoStack } from "../../app/undo";
import { fakeHost, type FakeHost } from "../../host/fake";
import { jobs } from "./jobs.svelte";
import { tellRefusedSaves } from "./telling";

let host: FakeHost;
let bucket: string;

beforeEach(() => {
  host = fakeHost({ sample: true });
  setHost(host);
  undoStack.clear();
  notices.shown = [];
  jobs.results = [];
  bucket = [...host.fake.store.buckets.values()].find(({ title }) => title === "Client deliverables")!.id;
});

const sources = (...paths: string[]) => paths.map((path) => ({ path }));

function told(): string | undefined {
  return notices.shown.at(-1)?.text;
}

describe("bringing in", () => {
  it("tells what came, and taking it back leaves the bucket as it was", async () => {
    const before = host.fake.store.live(bucket).map(({ info }) => `${info.key} ${info.size}`);
    host.fake.store.disk.add({ path: "/d/new.txt", size: 5 }, { path: "/d/Logo sheet.svg", size: 6 });
    await jobs.start({ bucket, sources: sources("/d/new.txt", "/d/Logo sheet.svg") });
    expect(told()).toBe("1 file added, 1 replaced");
    expect(jobs.running).toBe(0);
    await takeBack();
    expect(host.fake.store.live(bucket).map(({ info }) => `${info.key} ${info.size}`)).toEqual(before);
  });

  it("names a single file", async () => {
    host.fake.store.disk.add({ path: "/d/new.txt", size: 5 }, { path: "/d/Logo sheet.svg", size: 6 });
    await jobs.start({ bucket, sources: sources("/d/new.txt") });
    expect(told()).toBe("new.txt added");
    await jobs.start({ bucket, sources: sources("/d/Logo sheet.svg") });
    expect(told()).toBe("Logo sheet.svg is now version 3");
  });

  it("lists what did not come in until it has, or until the person closes the list", async () => {
    const trouble = { code: "source_unreadable", reason: "You may not read it", advice: "Ask its owner." } as const;
    host.fake.store.disk.add({ path: "/d/a.txt", size: 5 }, { path: "/d/b.txt", size: 5, trouble });
    await jobs.start({ bucket, sources: sources("/d/a.txt", "/d/b.txt", "/d/gone.txt") });
    const result = jobs.results[0]!;
    expect(result.outcome).toMatchObject({ arrived: 1, asked: 3 });
    host.fake.store.disk.add({ path: "/d/b.txt", size: 5 });
    await jobs.retry(result, result.outcome.failures);
    expect(jobs.results[0]!.outcome.failures.map(({ name }) => name)).toEqual(["gone.txt"]);
    jobs.close(result.id);
    expect(jobs.results).toEqual([]);
  });

  it("decides about names that met, from the list", async () => {
    host.fake.store.disk.add({ path: "/d/a (1).txt", size: 5 }, { path: "/d/a [1].txt", size: 6 });
    await jobs.start({ bucket, sources: sources("/d/a (1).txt", "/d/a [1].txt") });
    const result = jobs.results[0]!;
    expect(result.outcome.failures.map(({ code }) => code)).toEqual(["name_conflict"]);
    await jobs.retry(result, result.outcome.failures, "keep_both");
    expect(jobs.results).toEqual([]);
    const names = host.fake.store.live(bucket).map(({ info }) => info.originalName);
    expect(names).toEqual(expect.arrayContaining(["a (1).txt", "a [1].txt"]));
  });

  it("that cannot start says why and is over", async () => {
    await expect(jobs.start({ bucket: "none", sources: sources("/d/a.txt") })).rejects.toMatchObject({
      code: "bucket_not_found",
    });
    expect(notices.shown.at(-1)).toMatchObject({ tone: "error", title: "The files could not be added" });
    expect(jobs.running).toBe(0);
  });
});

it("a save that was refused is told as an error, other changes are not", () => {
  const event = { id: 1, at: 0, bucket, object: "o1", number: 1, by: "Mara" };
  tellRefusedSaves([
    { ...event, kind: "object_replaced", detail: "a.txt" },
    { ...event, kind: "checkout_refused", detail: "“a.txt” is over the limit of 1 GiB." },
  ]);
  expect(notices.shown.map(({ tone, text }) => [tone, text])).toEqual([
    ["error", "“a.txt” is over the limit of 1 GiB."],
  ]);
});

describe("closing the window", () => {
  /** Begins a transfer that stays under way until it is cancelled. */
  async function begin(): Promise<{ ended: Promise<unknown> }> {
    host.fake.store.disk.add({ path: "/d/long.mov", size: 900_000_000 });
    host.fake.intake.speed = 1_000;
    const ended = jobs.start({ bucket, sources: sources("/d/long.mov") });
    await vi.waitFor(() => expect(jobs.running).toBe(1));
    return { ended };
  }

  it("asks while something comes in, and staying changes nothing", async () => {
    const { ended } = await begin();
    expect(host.fake.unsaved).toBe(true);
    const closing = mayClose();
    expect(asking.current?.question.text).toBe(
      "1 transfer is under way. Files that are in stay; the others are not added.",
    );
    asking.current?.answer(null);
    expect(await closing).toBe(false);
    expect(jobs.running).toBe(1);
    await jobs.cancelAll();
    await ended;
    expect(host.fake.unsaved).toBe(false);
  });

  it("stops what comes in, if the person says so", async () => {
    const { ended } = await begin();
    const closing = mayClose();
    asking.current?.answer("close");
    expect(await closing).toBe(true);
    expect(await ended).toMatchObject({ objects: [], transfer: { state: "cancelled" } });
  });
});
