/**
 * Which rows are selected, where the focus is and from where Shift extends. Pure: each act takes a selection and gives
 * the next. "Everything" is kept as such with its exceptions, so that Ctrl+A covers rows that were never loaded.
 */
import { rowBytes, rowFiles, rowName, type Row } from "./rows";

/** The list as far as it is known here. */
export interface Order {
  count: number;
  rowAt(index: number): Row | null;
}

export interface Selection {
  /** Everything but `rows` is selected. */
  all: boolean;
  /** The selected rows, or with `all` the exceptions. */
  rows: ReadonlyMap<string, Row>;
  /** The row that has the focus, or -1. */
  focus: number;
  focusKey: string | null;
  /** Where an extension by Shift starts, or -1. */
  anchor: number;
  anchorKey: string | null;
}

export interface Keys {
  ctrl: boolean;
  shift: boolean;
}

export const nothing: Selection = {
  all: false,
  rows: new Map(),
  focus: -1,
  focusKey: null,
  anchor: -1,
  anchorKey: null,
};

export function isSelected(selection: Selection, key: string): boolean {
  return selection.all !== selection.rows.has(key);
}

/** Places the focus, and the anchor with it. */
function at(order: Order, index: number): Pick<Selection, "focus" | "focusKey" | "anchor" | "anchorKey"> {
  const key = order.rowAt(index)?.key ?? null;
  return { focus: index, focusKey: key, anchor: index, anchorKey: key };
}

export function selectOnly(order: Order, index: number): Selection {
  const row = order.rowAt(index);
  return { all: false, rows: new Map(row ? [[row.key, row]] : []), ...at(order, index) };
}

/** Selects these rows and no others, the focus on the last. */
export function selectRows(rows: readonly Row[]): Selection {
  return { ...nothing, rows: new Map(rows.map((row) => [row.key, row])), focusKey: rows.at(-1)?.key ?? null };
}

function flip(selection: Selection, order: Order, index: number): Selection {
  const row = order.rowAt(index);
  if (!row) return selection;
  const rows = new Map(selection.rows);
  if (!rows.delete(row.key)) rows.set(row.key, row);
  return { all: selection.all, rows, ...at(order, index) };
}

/** The rows a range to `index` would cover, both ends included. */
export function rangeTo(selection: Selection, index: number): [number, number] {
  const from = selection.anchor < 0 ? index : selection.anchor;
  return from < index ? [from, index] : [index, from];
}

function extend(selection: Selection, order: Order, index: number, add: boolean): Selection {
  const [first, last] = rangeTo(selection, index);
  const focus = { focus: index, focusKey: order.rowAt(index)?.key ?? null };
  const anchor = selection.anchor < 0 ? at(order, index) : { anchor: selection.anchor, anchorKey: selection.anchorKey };
  if (first === 0 && last === order.count - 1) return { ...everything(selection), ...anchor, ...focus };
  const rows = new Map(add && !selection.all ? selection.rows : []);
  for (let i = first; i <= last; i++) {
    const row = order.rowAt(i);
    if (row) rows.set(row.key, row);
  }
  return { all: false, rows, ...anchor, ...focus };
}

/** A press on a row: alone, with Ctrl (in or out), with Shift (from the anchor), with both (adding the range). */
export function press(selection: Selection, order: Order, index: number, keys: Keys): Selection {
  if (keys.shift) return extend(selection, order, index, keys.ctrl);
  if (keys.ctrl) return flip(selection, order, index);
  return selectOnly(order, index);
}

/** The focus goes to a row by key: selecting it, extending with Shift, or with Ctrl leaving the selection as it is. */
export function move(selection: Selection, order: Order, index: number, keys: Keys): Selection {
  if (order.count === 0) return selection;
  const to = Math.min(Math.max(0, index), order.count - 1);
  if (keys.shift) return extend(selection, order, to, false);
  if (keys.ctrl) return { ...selection, ...at(order, to) };
  return selectOnly(order, to);
}

/** Space: the row with the focus in or out. */
export function toggle(selection: Selection, order: Order): Selection {
  return selection.focus < 0 ? selection : flip(selection, order, selection.focus);
}

export function everything(selection: Selection): Selection {
  return { ...selection, all: true, rows: new Map() };
}

export function clear(selection: Selection): Selection {
  return { ...selection, all: false, rows: new Map() };
}

/** After the list was loaded anew: the same rows with their new facts, at their new places; rows known to be gone leave. */
export function settle(
  selection: Selection,
  order: Order,
  indexOf: (key: string) => number,
  gone: (key: string) => boolean,
): Selection {
  const rows = new Map<string, Row>();
  for (const [key, row] of selection.rows) {
    if (gone(key)) continue;
    const index = indexOf(key);
    rows.set(key, (index < 0 ? null : order.rowAt(index)) ?? row);
  }
  const place = (key: string | null, index: number): number => {
    const found = key === null ? -1 : indexOf(key);
    return found >= 0 ? found : Math.min(index, order.count - 1);
  };
  const focus = place(selection.focusKey, selection.focus);
  const anchor = place(selection.anchorKey, selection.anchor);
  return {
    all: selection.all,
    rows,
    focus,
    focusKey: order.rowAt(focus)?.key ?? null,
    anchor,
    anchorKey: order.rowAt(anchor)?.key ?? null,
  };
}

/** What is selected, counted: rows, the files in them, their bytes. */
export function tally(
  selection: Selection,
  whole: { rows: number; files: number; bytes: number },
): { rows: number; files: number; bytes: number } {
  let [files, bytes] = [0, 0];
  for (const row of selection.rows.values()) {
    files += rowFiles(row);
    bytes += rowBytes(row);
  }
  const rows = selection.rows.size;
  return selection.all
    ? { rows: whole.rows - rows, files: whole.files - files, bytes: whole.bytes - bytes }
    : { rows, files, bytes };
}

/** The next loaded row, from the focus on and around, whose name starts with what was typed; -1 if there is none. */
export function seek(order: Order, typed: string, from: number): number {
  const wanted = typed.toLocaleLowerCase();
  // A single letter steps on to the next; more letters may stay where they already fit.
  const start = typed.length > 1 ? from : from + 1;
  for (let step = 0; step < order.count; step++) {
    const index = (((start + step) % order.count) + order.count) % order.count;
    const row = order.rowAt(index);
    if (row && rowName(row).toLocaleLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
