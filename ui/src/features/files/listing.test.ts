import { describe, expect, it, vi } from "vitest";
import type { ObjectPage } from "../../bindings/wire";
import { Listing, PAGE } from "./listing";
import { rowName } from "./rows";
import { sampleFolder, sampleObject } from "./sample";

/** An engine with so many objects, whose answers are let go by hand or at once. */
function engine(total: number, folders = 0) {
  const names = Array.from({ length: total }, (_, i) => `n${String(i).padStart(6, "0")}`);
  const state = { names, folders: Array.from({ length: folders }, (_, i) => sampleFolder(`f${i}`)) };
  const load = vi.fn(async (offset: number, limit: number): Promise<ObjectPage> => ({
    folders: offset === 0 ? [...state.folders] : [],
    objects: state.names.slice(offset, offset + limit).map((id) => sampleObject(id)),
    next: null,
    total: state.names.length,
    bytes: state.names.length * 10,
  }));
  return { load, state };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

describe("a list loaded by page", () => {
  it("asks for the page in sight only", async () => {
    const { load } = engine(100_000);
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    expect(load.mock.calls).toEqual([[0, PAGE]]);
    expect([list.count, list.bytes]).toEqual([100_000, 1_000_000]);
    list.want(50_010, 50_050);
    await settled();
    expect(load.mock.calls.slice(1)).toEqual([[50_000, PAGE]]);
    expect(rowName(list.rowAt(50_020)!)).toBe("n050020.txt");
    expect(list.rowAt(20_000)).toBeNull();
  });

  it("asks once for a view across two pages, and not again", async () => {
    const { load } = engine(1000);
    const list = new Listing(load, () => undefined);
    list.want(190, 230);
    await settled();
    list.want(190, 230);
    await settled();
    expect(load.mock.calls.filter(([offset]) => offset > 0)).toEqual([[200, 200]]);
    expect(list.rowAt(215)).not.toBeNull();
  });

  it("puts the folders first and counts them", async () => {
    const { load } = engine(5, 2);
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    expect(list.count).toBe(7);
    expect([0, 1, 2].map((i) => rowName(list.rowAt(i)!))).toEqual(["f0", "f1", "n000000.txt"]);
    expect(list.indexOf("o:n000003")).toBe(5);
    expect(list.indexOf("f:f1")).toBe(1);
  });

  it("is content with an empty list", async () => {
    const { load } = engine(0);
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    expect([list.loaded, list.count, load.mock.calls.length]).toEqual([true, 0, 1]);
  });

  it("keeps old rows until the newer ones are there, and asks for the first page too, which tells the folders", async () => {
    const { load, state } = engine(1000, 1);
    const seen: [boolean, number][] = [];
    const list: Listing = new Listing(load, (anew) => seen.push([anew, list.count]));
    list.want(600, 640);
    await settled();
    state.names.unshift("aaa");
    state.folders.push(sampleFolder("new"));
    list.refresh();
    expect(rowName(list.rowAt(601)!)).toBe("n000600.txt");
    await settled();
    expect(rowName(list.rowAt(603)!)).toBe("n000600.txt");
    expect(seen.at(-1)).toEqual([true, 1003]);
  });

  it("loads every row of a range in big steps", async () => {
    const { load } = engine(5000);
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    await list.ensure(0, 4999);
    expect(load.mock.calls.length).toBe(6);
    expect(list.rowAt(4999)).not.toBeNull();
  });

  it("does not keep every page of a long scroll", async () => {
    const { load } = engine(100_000);
    const list = new Listing(load, () => undefined);
    for (let at = 0; at < 100_000; at += 500) {
      list.want(at, at + 40);
      await settled();
    }
    expect(list.rowAt(40_010)).toBeNull();
    expect(list.rowAt(99_520)).not.toBeNull();
  });

  it("tells that a row is gone only if it knows the whole list", async () => {
    const { load, state } = engine(300);
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    state.names.splice(5, 1);
    list.refresh();
    await settled();
    expect(list.isGone("o:n000005")).toBe(false);
    list.want(0, 299);
    await settled();
    expect(list.isGone("o:n000005")).toBe(true);
    expect(list.isGone("o:n000006")).toBe(false);
  });

  it("tells why nothing came, and recovers when asked again", async () => {
    const { load } = engine(3);
    load.mockRejectedValueOnce({ code: "database", message: "The database is busy.", details: {} });
    const list = new Listing(load, () => undefined);
    list.want(0, 30);
    await settled();
    expect(list.error).toMatchObject({ code: "database" });
    list.want(0, 40);
    await settled();
    expect(load).toHaveBeenCalledTimes(1);
    list.refresh();
    await settled();
    expect([list.error, list.count]).toEqual([null, 3]);
  });
});
