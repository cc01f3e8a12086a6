import { describe, expect, it } from "vitest";
import { fileRow, folderRow, type Row } from "./rows";
import { sampleFolder, sampleObject } from "./sample";
import {
  clear,
  everything,
  isSelected,
  move,
  nothing,
  press,
  seek,
  selectOnly,
  settle,
  tally,
  toggle,
  type Order,
  type Selection,
} from "./selection";

const plain = { ctrl: false, shift: false };
const ctrl = { ctrl: true, shift: false };
const shift = { ctrl: false, shift: true };
const both = { ctrl: true, shift: true };

function orderOf(rows: (Row | null)[]): Order {
  return { count: rows.length, rowAt: (index) => rows[index] ?? null };
}

const rows = ["ant", "bee", "bear", "cat", "dog", "eel"].map((id) => fileRow(sampleObject(id)));
const order = orderOf(rows);

function chosen(selection: Selection): string {
  return rows
    .filter((row) => isSelected(selection, row.key))
    .map((row) => row.object.id)
    .join(" ");
}

describe("a press", () => {
  it("alone selects one row", () =>
    expect(chosen(press(press(nothing, order, 1, plain), order, 3, plain))).toBe("cat"));
  it("with Ctrl adds a row and takes it out again", () => {
    const two = press(press(nothing, order, 1, plain), order, 3, ctrl);
    expect(chosen(two)).toBe("bee cat");
    expect(chosen(press(two, order, 1, ctrl))).toBe("cat");
  });
  it("with Shift selects from the last press, in either direction", () => {
    const one = press(nothing, order, 3, plain);
    expect(chosen(press(one, order, 1, shift))).toBe("bee bear cat");
    expect(chosen(press(press(one, order, 1, shift), order, 4, shift))).toBe("cat dog");
  });
  it("with Shift and Ctrl adds the range to what is selected", () => {
    const far = press(press(nothing, order, 0, plain), order, 3, ctrl);
    expect(chosen(press(far, order, 4, both))).toBe("ant cat dog");
  });
});

describe("the keyboard", () => {
  it("moves and selects, and stops at the ends", () => {
    expect(chosen(move(selectOnly(order, 0), order, 1, plain))).toBe("bee");
    expect(chosen(move(nothing, order, -4, plain))).toBe("ant");
    expect(chosen(move(nothing, order, 99, plain))).toBe("eel");
  });
  it("extends with Shift and shrinks again", () => {
    const three = move(move(selectOnly(order, 1), order, 2, shift), order, 3, shift);
    expect(chosen(three)).toBe("bee bear cat");
    expect(chosen(move(three, order, 2, shift))).toBe("bee bear");
  });
  it("moves the focus alone with Ctrl, and Space toggles there", () => {
    const moved = move(selectOnly(order, 0), order, 2, ctrl);
    expect(chosen(moved)).toBe("ant");
    expect(chosen(toggle(moved, order))).toBe("ant bear");
    expect(chosen(toggle(toggle(moved, order), order))).toBe("ant");
  });
  it("does nothing in an empty list", () => expect(move(nothing, orderOf([]), 0, plain)).toBe(nothing));
});

describe("everything", () => {
  it("covers rows that were never loaded, and a press with Ctrl makes an exception", () => {
    const all = everything(nothing);
    expect(isSelected(all, "o:never loaded")).toBe(true);
    expect(chosen(press(all, order, 2, ctrl))).toBe("ant bee cat dog eel");
    expect(chosen(clear(all))).toBe("");
  });
  it("is what a range over the whole list becomes", () => {
    expect(press(press(nothing, order, 0, plain), order, 5, shift).all).toBe(true);
  });
  it("is counted from the whole", () => {
    const most = press(everything(nothing), order, 2, ctrl);
    expect(tally(most, { rows: 100_000, files: 100_000, bytes: 1_000_000 })).toEqual({
      rows: 99_999,
      files: 99_999,
      bytes: 999_990,
    });
  });
});

describe("a list loaded anew", () => {
  const after = orderOf([fileRow(sampleObject("aal")), ...rows.filter((row) => row.object.id !== "bee")]);
  const indexOf = (key: string) => [...Array(after.count).keys()].find((i) => after.rowAt(i)?.key === key) ?? -1;
  it("keeps what was selected by identity and follows the focus", () => {
    const before = press(press(nothing, order, 1, plain), order, 3, ctrl);
    const settled = settle(before, after, indexOf, (key) => key === "o:bee");
    expect([...settled.rows.keys()]).toEqual(["o:cat"]);
    expect(settled.focus).toBe(3);
  });
  it("leaves the focus at the same place when its row is gone", () => {
    const settled = settle(selectOnly(order, 1), after, indexOf, (key) => key === "o:bee");
    expect(settled.focusKey).toBe("o:ant");
    expect(settled.rows.size).toBe(0);
  });
});

describe("counting and seeking", () => {
  it("counts the files and bytes of folders too", () => {
    const mixed = orderOf([folderRow(sampleFolder("prints")), fileRow(sampleObject("ant"))]);
    const two = press(press(nothing, mixed, 0, plain), mixed, 1, ctrl);
    expect(tally(two, { rows: 2, files: 7, bytes: 610 })).toEqual({ rows: 2, files: 7, bytes: 610 });
  });
  it.each([
    ["a letter goes to the next such name", "b", 0, 1],
    ["the same letter again steps on", "b", 1, 2],
    ["and around", "b", 2, 1],
    ["two letters stay where they fit", "be", 1, 1],
    ["three letters go on to where they fit", "bea", 1, 2],
    ["nothing of that name", "z", 0, -1],
  ])("%s", (_, typed, from, index) => expect(seek(order, typed, from)).toBe(index));
});
