/** Notices and the way back. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { doAgain, notices, notify, takeBack } from "./notices.svelte";
import { undoStack } from "./undo";

beforeEach(() => {
  notices.shown = [];
  undoStack.clear();
});

const texts = () => notices.shown.map((notice) => notice.text);

test("a new notice takes the place of the one before the last, errors stay", () => {
  notify({ text: "No space", tone: "error" });
  for (const text of ["one", "two", "three"]) notify({ text });
  expect(texts()).toEqual(["No space", "two", "three"]);
});

test("what says the same is said once", () => {
  for (let i = 0; i < 3; i += 1) notify({ text: "Nothing to undo" });
  expect(texts()).toEqual(["Nothing to undo"]);
});

test("a notice can be closed early", () => {
  const close = notify({ text: "one" });
  close();
  expect(texts()).toEqual([]);
});

describe("undo", () => {
  test("the newest comes first, and its notice goes", async () => {
    const calls: string[] = [];
    notify({ text: "first", undo: async () => calls.push("first") });
    notify({ text: "second", undo: async () => calls.push("second") });
    await takeBack();
    expect([calls, texts()]).toEqual([["second"], ["first"]]);
    await takeBack();
    expect(calls).toEqual(["second", "first"]);
    expect(await takeBack()).toBeNull();
  });

  test("a step undone from its notice is not undone again by the key", async () => {
    const undo = vi.fn(async () => {});
    notify({ text: "only", undo });
    await notices.undo(notices.shown[0]!);
    expect(undo).toHaveBeenCalledOnce();
    await takeBack();
    expect(undo).toHaveBeenCalledOnce();
  });

  test("what was taken back can be done again, and taken back again", async () => {
    let there = false;
    notify({ text: "deleted", undo: async () => (there = true), redo: async () => (there = false) });
    await takeBack();
    expect(there).toBe(true);
    expect((await doAgain())?.text).toBe("deleted");
    expect(there).toBe(false);
    await takeBack();
    expect(there).toBe(true);
  });

  test("something new forgets what could be done again", async () => {
    notify({ text: "a", undo: async () => {}, redo: async () => {} });
    await takeBack();
    notify({ text: "b", undo: async () => {} });
    expect(undoStack.canRedo).toBe(false);
  });

  test("an undo that is refused says so", async () => {
    notify({ text: "a", undo: () => Promise.reject(new Error("The place is taken.")) });
    await takeBack();
    expect(notices.shown.at(-1)).toMatchObject({ tone: "error", text: "The place is taken." });
  });
});
