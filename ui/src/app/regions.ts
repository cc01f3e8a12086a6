/**
 * F6 and Shift+F6 go between the regions of the window: the elements with `data-region`, in the order of the page. Each
 * keeps its last place; a region that was never visited begins at its first control, or at the element marked
 * `data-region-start`.
 */

const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [contenteditable="true"], [tabindex]';

const lastIn = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus was, for as long as the page lives. Returns the way to stop. */
export function rememberPlaces(): () => void {
  const remember = (event: FocusEvent) => {
    const target = event.target as HTMLElement;
    const region = target.closest?.("[data-region]");
    if (region) lastIn.set(region, target);
  };
  document.addEventListener("focusin", remember);
  return () => document.removeEventListener("focusin", remember);
}

function canTakeFocus(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && element.closest("[hidden], [inert]") === null;
}

function placeIn(region: HTMLElement): HTMLElement | null {
  const last = lastIn.get(region);
  if (last?.isConnected && region.contains(last) && canTakeFocus(last)) return last;
  const start = region.querySelector<HTMLElement>("[data-region-start]");
  if (start && canTakeFocus(start)) return start;
  return [...region.querySelectorAll<HTMLElement>(focusable)].find(canTakeFocus) ?? null;
}

/** Moves the focus to the next region that can take it, or the one before. */
export function goToRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>("[data-region]")];
  const here = regions.findIndex((region) => region.contains(document.activeElement));
  for (let n = 1; n <= regions.length; n++) {
    const from = here < 0 && step < 0 ? 0 : here;
    const place = placeIn(regions[(from + n * step + regions.length * 2) % regions.length]!);
    if (place) return place.focus();
  }
}
