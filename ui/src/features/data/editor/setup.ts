/** The editor's parts put together: what every view of a document has, and what only the one that is written in has. */
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { words } from "../../../i18n";
import { changeBars } from "./changes";
import { language } from "./language";
import { problemMarks } from "./marks";
import { searchPanel } from "./search";
import { theme } from "./theme";

/** What every view of a document has. */
export function shown(label: string): Extension {
  return [
    theme,
    language,
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    EditorState.phrases.of({ "$ unchanged lines": words.data.compare.unchanged }),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off" }),
    highlightSpecialChars(),
  ];
}

export function readOnly(): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: "0" }),
  ];
}

/** What makes a document one to write in. */
export function writable(): Extension {
  return [
    history(),
    bracketMatching(),
    indentOnInput(),
    // The page has an undo of its own for what lies outside the editor; in here the keys belong to the text alone.
    keymap.of([
      { key: "Mod-z", run: undo, preventDefault: true, stopPropagation: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: redo, preventDefault: true, stopPropagation: true },
      { key: "Mod-Shift-z", run: redo, preventDefault: true, stopPropagation: true },
      // Escape, then Tab, is the way out for those who go by keyboard.
      indentWithTab,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
  ];
}

/** The editor of the Data tab. */
export function mainEditor(label: string, changed: Extension): Extension {
  return [
    changeBars,
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    problemMarks,
    search({ top: true, createPanel: searchPanel }),
    keymap.of(searchKeymap.filter(({ key }) => key !== "Mod-Alt-g" && key !== "Mod-Shift-l" && key !== "Mod-d")),
    writable(),
    shown(label),
    changed,
  ];
}
