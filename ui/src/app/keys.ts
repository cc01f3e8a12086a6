/** The keys of the whole window. Whatever has the focus comes first: what it takes does not arrive here. */

/** Whether an element takes text, so that plain letters and Ctrl+Z are its own. */
export function takesText(element: Element | null): boolean {
  if (element === null) return false;
  if (element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(element.type);
  return element instanceof HTMLElement && element.isContentEditable;
}

/** Whether a dialog or a menu lies over the page; then the page's keys rest. */
export function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}

export interface WindowKeys {
  newBucket: () => unknown;
  search: () => unknown;
  undo: () => unknown;
  redo: () => unknown;
  region: (step: 1 | -1) => unknown;
}

/** Takes the window's keys. Returns the way to stop. */
export function takeKeys(keys: WindowKeys): () => void {
  const take = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    let act: (() => unknown) | null = null;
    if (event.key === "F6" && !control) act = () => keys.region(event.shiftKey ? -1 : 1);
    else if (control && key === "n" && !event.shiftKey) act = keys.newBucket;
    else if (control && key === "k" && !event.shiftKey) act = keys.search;
    else if (control && !takesText(document.activeElement)) {
      if (key === "z") act = event.shiftKey ? keys.redo : keys.undo;
      else if (key === "y" && !event.shiftKey) act = keys.redo;
    }
    if (act === null) return;
    // Also while a dialog is open: the engine's own "new window" and the like are never wanted.
    event.preventDefault();
    if (!isCovered()) act();
  };
  window.addEventListener("keydown", take);
  return () => window.removeEventListener("keydown", take);
}
