/** The search bar above the text, in the look of the window. */
import { getSearchQuery } from "@codemirror/search";
import type { EditorState } from "@codemirror/state";
import type { EditorView, Panel, ViewUpdate } from "@codemirror/view";
import { mount, unmount } from "svelte";
import SearchPanel from "../SearchPanel.svelte";

/** Counting goes no further than this. */
export const MOST_MATCHES = 1000;

export interface Matches {
  /** Which match is selected; 0 for none. */
  at: number;
  /** More than MOST_MATCHES if there are more than are counted. */
  count: number;
}

/** How many places match, and which of them is selected. */
export function countMatches(state: EditorState): Matches {
  const query = getSearchQuery(state);
  if (!query.valid || query.search === "") return { at: 0, count: 0 };
  const { from, to } = state.selection.main;
  const matches: Matches = { at: 0, count: 0 };
  const cursor = query.getCursor(state.doc);
  for (let next = cursor.next(); !next.done && matches.count <= MOST_MATCHES; next = cursor.next()) {
    matches.count++;
    if (next.value.from === from && next.value.to === to) matches.at = matches.count;
  }
  return matches;
}

export function searchPanel(view: EditorView): Panel {
  const dom = document.createElement("div");
  const listeners = new Set<(update: ViewUpdate) => void>();
  const onupdate = (listener: (update: ViewUpdate) => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const panel = mount(SearchPanel, { target: dom, props: { view, onupdate } });
  return {
    dom,
    top: true,
    mount: () => dom.querySelector("input")?.select(),
    update: (update) => listeners.forEach((listener) => listener(update)),
    destroy: () => void unmount(panel),
  };
}
