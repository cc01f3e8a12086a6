/** Copies a text. Browsers have the newer way only on pages that came encrypted or from the machine itself. */
import { words } from "../../i18n";
import { apiError } from "./door";

export async function copyText(text: string): Promise<void> {
  // Missing on other pages, whatever its type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard) return clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!copied) throw apiError("io", words.browser.notCopied);
}
