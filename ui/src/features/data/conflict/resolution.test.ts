import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Editing, TEXT } from "../editing";
import { pathName } from "../json/tree";
import { Resolution } from "./resolution.svelte";

let editing: Editing;

beforeEach(async () => (editing = await Editing.start()));
afterEach(() => editing.stop());

/** You and a script have both changed the text since revision 2. */
async function meet(yours: (text: string) => string, theirs: (text: string) => string): Promise<Resolution> {
  await editing.open(TEXT);
  const { draft, view, host, bucket } = editing;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: yours(TEXT) } });
  host.fake.writeData(bucket.id, theirs(TEXT), "A script");
  await draft.follow(3);
  return new Resolution(draft);
}

/** Writes the result by hand, as the text side of the dialog does. */
function byHand(resolution: Resolution, text: string): void {
  const view = new EditorView({ doc: resolution.text });
  resolution.open(view);
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  resolution.write(view);
}

it("what both changed waits for a choice; the rest is taken", async () => {
  const resolution = await meet(
    (text) => text.replace("1e400", "1e401").replace("1.0", "1.5"),
    (text) => text.replace("1e400", "1e402").replace("1836486125467611137", "7"),
  );
  expect(resolution.mode).toBe("keys");
  expect(resolution.left.map(({ path }) => pathName(path))).toEqual(["light"]);
  expect(resolution.text).toBe(
    TEXT.replace("1e400", "1e401").replace("1.0", "1.5").replace("1836486125467611137", "7"),
  );

  resolution.choose(resolution.left[0]!, "theirs");
  expect(resolution.left).toEqual([]);
  expect(resolution.text).toContain('"light": 1e402,');
});

it("what is written by hand is what gets saved, and becomes yours on the way back", async () => {
  const resolution = await meet(
    (text) => text.replace("1e400", "1e401"),
    (text) => text.replace("1e400", "1e402"),
  );
  resolution.show("text");
  byHand(resolution, TEXT.replace("1e400", "1e403"));
  expect(resolution.finish()).toEqual({ text: TEXT.replace("1e400", "1e403"), error: false, written: true });

  resolution.show("keys");
  expect(resolution.left).toHaveLength(1);
  resolution.choose(resolution.left[0]!, "yours");
  expect(resolution.finish()).toMatchObject({ text: TEXT.replace("1e400", "1e403"), written: false });
});

it("a text with an error is brought together as text, and not saved with it", async () => {
  const resolution = await meet(
    (text) => text.replace("1e400,", "1e400"),
    (text) => text.replace("1.0", "2.0"),
  );
  expect([resolution.comparable, resolution.mode]).toEqual([false, "text"]);
  expect(resolution.finish().error).toBe(true);
  byHand(resolution, TEXT);
  expect(resolution.finish()).toEqual({ text: TEXT, error: false, written: true });
});
