/**
 * What a tab puts into the bucket's header and tab bar. The header is the shell's, but its main button and the tools at
 * the right of the tab bar belong to the tab shown. A view writes them where it is, and they appear there:
 *
 *     <InHeader place="main"><Button variant="main" icon={Upload} onclick={choose}>Add files</Button></InHeader>
 *     <InHeader place="tools"><IconButton … /></InHeader>
 *
 * `main` is the place of the one filled button (and of a plain one before it); `tools` is the right side of the tab bar.
 * They go when the view goes. One `InHeader` per place and view.
 */
import type { Snippet } from "svelte";

export type HeaderPlace = "main" | "tools";

export const header: Record<HeaderPlace, Snippet | null> = $state({ main: null, tools: null });

// A new view may take its place before the old one has left. Kept outside of the state, since what is torn down reads
// the state as it was before.
const claims: Record<HeaderPlace, Snippet[]> = { main: [], tools: [] };

/** Puts a snippet into its place. Returns the way to take it out again. */
export function claim(place: HeaderPlace, snippet: Snippet): () => void {
  claims[place].push(snippet);
  header[place] = snippet;
  return () => {
    claims[place].splice(claims[place].indexOf(snippet), 1);
    header[place] = claims[place].at(-1) ?? null;
  };
}
