import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { notices, takeBack } from "../../app/notices.svelte";
import type { Bucket } from "../../bindings/wire";
import type { FakeHost } from "../../host/fake";
import type { Draft } from "./draft.svelte";
import { Editing, TEXT } from "./editing";
import type { EditorView } from "@codemirror/view";

let editing: Editing;
let host: FakeHost;
let bucket: Bucket;
let draft: Draft;
let view: EditorView;

const stored = (): Promise<string> => editing.stored();
const write = (found: string, by: string): void => editing.write(found, by);

async function edit(text: string): Promise<void> {
  await editing.open(text);
  ({ draft, view } = editing);
}

beforeEach(async () => {
  editing = await Editing.start();
  ({ host, bucket } = editing);
  notices.shown = [];
});

afterEach(() => editing.stop());

describe("saving", () => {
  it("keeps every letter that was not edited", async () => {
    await edit(TEXT);
    write("1.0", "1.50");
    expect(draft.dirty).toBe(true);
    expect(await draft.save()).toBe(true);
    expect(await stored()).toBe(TEXT.replace("1.0", "1.50"));
    expect(draft.dirty).toBe(false);
    expect(notices.shown.map(({ text }) => text)).toEqual(["Saved as revision 3"]);
  });

  it.each([
    ["CR LF line ends", TEXT.replaceAll("\n", "\r\n")],
    ["mixed line ends", TEXT.replace("\n", "\r\n")],
    ["carriage returns alone", TEXT.replaceAll("\n", "\r")],
  ])("keeps %s", async (_, text) => {
    await edit(text);
    expect(draft.dirty).toBe(false);
    write("1.0", "2.0");
    await draft.save();
    expect(await stored()).toBe(text.replace("1.0", "2.0"));
  });

  it("goes to the first error instead", async () => {
    await edit(TEXT);
    write("1e400,", "1e400");
    expect(await draft.save()).toBe(false);
    expect(await stored()).toBe(TEXT);
    expect(draft.line(view.state.selection.main.head)).toBe(4);
    draft.fix(draft.errors[0]!);
    expect(await draft.save()).toBe(true);
    expect(await stored()).toBe(TEXT);
  });

  it("is nothing where nothing changed", async () => {
    await edit(TEXT);
    expect(await draft.save()).toBe(true);
    expect(draft.saved?.revision).toBe(2);
  });

  it("is taken back and done again by its notice", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    await draft.save();
    await takeBack();
    expect(await stored()).toBe(TEXT);
    await draft.follow(4);
    expect(view.state.doc.toString()).toBe(TEXT);
    expect([draft.dirty, draft.saved?.revision]).toEqual([false, 4]);
  });

  it("tells plainly when the engine refuses, and keeps the text", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    host.fake.failNext = { name: "data_set", code: "read_only", message: "The home is read-only." };
    expect(await draft.save()).toBe(false);
    expect(notices.shown.map(({ title, text, tone }) => [title, text, tone])).toEqual([
      ["The data was not saved", "The home is read-only.", "error"],
    ]);
    expect([draft.dirty, draft.saving]).toEqual([true, false]);
  });

  it("marks a repeated key without standing in the way", async () => {
    await edit('{"a": 1}');
    write("1}", '1, "a": 2}');
    draft.current();
    expect(draft.warnings.map(({ code, key }) => [code, key])).toEqual([["key_repeated", "a"]]);
    expect(await draft.save()).toBe(true);
  });
});

describe("another writer", () => {
  it("is followed while nothing is unsaved, and the cursor stays on its word", async () => {
    await edit(TEXT);
    view.dispatch({ selection: { anchor: TEXT.indexOf("one") } });
    host.fake.writeData(bucket.id, TEXT.replace("{\n", '{\n  "first": [1, 2],\n'), "A script");
    await draft.follow(3);
    expect(view.state.doc.toString()).toContain('"first"');
    expect(view.state.sliceDoc(view.state.selection.main.head).startsWith("one")).toBe(true);
    expect([draft.dirty, draft.canUndo, draft.meanwhile]).toEqual([false, false, null]);
  });

  it("is named while something is unsaved, and the text stays", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    host.fake.writeData(bucket.id, "{}", "A script");
    await draft.follow(3);
    expect([draft.meanwhile?.by, draft.meanwhile?.revision, draft.dirty]).toEqual(["A script", 3, true]);
    expect(view.state.doc.toString()).toBe(TEXT.replace("1.0", "2.0"));
    expect(await draft.save()).toBe(false);
    expect(draft.conflict).toBe(true);
    expect(await stored()).toBe("{}");
  });

  it("is followed as soon as the edit is taken back", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    host.fake.writeData(bucket.id, "{}", "A script");
    await draft.follow(3);
    write("2.0", "1.0");
    await Promise.resolve();
    expect([view.state.doc.toString(), draft.dirty, draft.meanwhile]).toEqual(["{}", false, null]);
  });

  it("is met at the save if nothing told of it before", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    const theirs = TEXT.replace("1e400", "1e401");
    host.fake.writeData(bucket.id, theirs, "A script");
    expect(await draft.save()).toBe(false);
    expect([draft.conflict, draft.meanwhile?.text, draft.meanwhile?.revision]).toEqual([true, theirs, 3]);

    await draft.saveMerged(theirs.replace("1.0", "2.0"));
    expect(await stored()).toBe(theirs.replace("1.0", "2.0"));
    expect([draft.conflict, draft.dirty, draft.saved?.revision, draft.meanwhile]).toEqual([false, false, 4, null]);
  });

  it("may come between once more, and is met again", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    host.fake.writeData(bucket.id, TEXT.replace("1e400", "1e401"), "A script");
    await draft.save();
    host.fake.writeData(bucket.id, TEXT.replace("1e400", "1e402"), "Another script");
    await draft.saveMerged(TEXT.replace("1e400", "1e401").replace("1.0", "2.0"));
    expect([draft.conflict, draft.meanwhile?.by, draft.saved?.revision]).toEqual([true, "Another script", 3]);
    expect(await stored()).toBe(TEXT.replace("1e400", "1e402"));
  });

  it("can be taken whole, and undo in the editor brings yours back", async () => {
    await edit(TEXT);
    write("1.0", "2.0");
    host.fake.writeData(bucket.id, "{}", "A script");
    await draft.follow(3);
    draft.takeTheirs();
    expect([view.state.doc.toString(), draft.dirty, draft.canUndo]).toEqual(["{}", false, true]);
  });
});
