/** Arithmetic of a list that draws only the rows in sight. Pure: scroll place in, rows out. */

/** Height of a row in pixels; the same as `--row`. */
export const ROW = 30;
/** However tall the window: no more row nodes than this. */
export const MAX_NODES = 300;
/** Rows drawn beyond each edge, so that a short scroll finds them there. */
const BEYOND = 10;

export interface Viewport {
  scrollTop: number;
  height: number;
}

/** The rows to draw: from `first` up to, not including, `last`. */
export interface Window {
  first: number;
  last: number;
}

export function windowOf(view: Viewport, count: number): Window {
  const top = Math.min(Math.max(0, view.scrollTop), Math.max(0, count * ROW - view.height));
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const last = Math.min(count, Math.ceil((top + view.height) / ROW) + BEYOND, first + MAX_NODES);
  return { first, last };
}

/** How many row nodes a view ever needs at once. */
export function slotsOf(view: Viewport): number {
  return Math.min(MAX_NODES, Math.ceil(view.height / ROW) + 1 + 2 * BEYOND);
}

/** Where to scroll so that the row is wholly in sight; the present place if it is already. */
export function reveal(view: Viewport, index: number): number {
  const top = index * ROW;
  if (top < view.scrollTop) return top;
  if (top + ROW > view.scrollTop + view.height) return top + ROW - view.height;
  return view.scrollTop;
}

/** How many rows Page up and Page down go. */
export function pageStep(view: Viewport): number {
  return Math.max(1, Math.floor(view.height / ROW) - 1);
}

/** Where to scroll so that a row that moved from one index to another keeps its place on the screen. */
export function keepPlace(view: Viewport, from: number, to: number): number {
  return Math.max(0, view.scrollTop + (to - from) * ROW);
}
