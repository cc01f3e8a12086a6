/**
 * Lets the editor style itself under a policy without inline styles. CodeMirror writes its rules into a style element
 * unless it stands in a shadow root, where it uses a constructed sheet. It keeps its rules per root, so an editor made
 * once in a shadow root gives a set with such a sheet, and the document then shares that set.
 */
import { EditorView } from "@codemirror/view";

export function adoptStyles(): void {
  if (!("adoptedStyleSheets" in document) || !("attachShadow" in Element.prototype)) return;
  const shadow = document.createElement("div").attachShadow({ mode: "open" });
  const view = new EditorView({ root: shadow, parent: shadow });
  for (const key of Object.getOwnPropertySymbols(shadow)) {
    if (Object.hasOwn(document, key)) continue;
    Object.defineProperty(document, key, { value: Reflect.get(shadow, key), configurable: true });
  }
  view.destroy();
}
