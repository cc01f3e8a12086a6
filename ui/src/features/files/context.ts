/** The acts on the selection, for every part of the view: rows, menu, inspector. */
import { getContext, setContext } from "svelte";
import type { Selected } from "./selected.svelte";

const KEY = Symbol("acts on files");

export function provideActs(acts: Selected): Selected {
  return setContext(KEY, acts);
}

export function useActs(): Selected {
  return getContext(KEY);
}
