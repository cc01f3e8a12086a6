/** The colours: the system's, or the ones the workspace is set to. */
import type { Theme } from "../bindings/wire";

/** Marks the page, so that the tokens take the right side. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
