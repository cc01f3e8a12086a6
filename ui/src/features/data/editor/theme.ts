/** How the editor looks: measures and colours from the tokens, one class for each part of JSON. */
import { syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

const parts = tagHighlighter([
  { tag: tags.propertyName, class: "y-k" },
  { tag: tags.string, class: "y-s" },
  { tag: tags.number, class: "y-n" },
  { tag: tags.bool, class: "y-w" },
  { tag: [tags.separator, tags.brace], class: "y-p" },
]);

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    font: "420 var(--t-code) var(--font-mono)",
    fontVariantLigatures: "none",
    letterSpacing: "-0.01em",
    overflow: "auto",
  },
  ".cm-content": {
    padding: "var(--s-2) 0",
    caretColor: "var(--text)",
    userSelect: "text",
    WebkitUserSelect: "text",
    cursor: "text",
  },
  ".cm-line": { padding: "0 var(--s-4) 0 0" },
  ".cm-gutters": { backgroundColor: "var(--bg)", color: "var(--text-3)", border: "none", cursor: "default" },
  ".cm-lineNumbers .cm-gutterElement": {
    boxSizing: "border-box",
    minWidth: "44px",
    padding: "0 var(--s-4) 0 var(--s-1)",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-changes": { width: "4px" },
  ".cm-changes .cm-gutterElement.changed": { backgroundColor: "var(--accent-mark)" },
  ".cm-changes .cm-gutterElement.removed": { boxShadow: "inset 0 3px 0 var(--accent-mark)" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-lineNumbers .cm-activeLineGutter": {
    backgroundColor: "var(--bg-hover)",
  },
  ".cm-activeLine.cm-error-line, .cm-error-line": { backgroundColor: "var(--danger-tint)" },
  "&.cm-focused .cm-activeLine.cm-error-line": { backgroundColor: "var(--danger-tint)" },
  ".cm-warning-line, &.cm-focused .cm-activeLine.cm-warning-line": { backgroundColor: "var(--warn-tint)" },
  "&.cm-focused .cm-lineNumbers .cm-gutterElement.cm-error-number, .cm-gutterElement.cm-error-number": {
    backgroundColor: "var(--danger-tint)",
    color: "var(--danger-text)",
  },
  "&.cm-focused .cm-lineNumbers .cm-gutterElement.cm-warning-number, .cm-gutterElement.cm-warning-number": {
    backgroundColor: "var(--warn-tint)",
    color: "var(--warn-text)",
  },
  ".cm-error-text, .cm-warning-text": {
    textDecoration: "underline wavy var(--danger-mark) 1.25px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
  },
  ".cm-warning-text": { textDecorationColor: "var(--warn-mark)" },
  ".cm-lens": {
    font: "var(--w-text) 12px/20px var(--font-ui)",
    letterSpacing: "0",
    color: "var(--danger-text)",
    paddingLeft: "var(--s-6)",
    userSelect: "none",
    WebkitUserSelect: "none",
  },
  ".cm-warning-line .cm-lens": { color: "var(--warn-text)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    boxShadow: "inset 0 0 0 1px var(--line-mark)",
    borderRadius: "2px",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  ".cm-searchMatch": {
    backgroundColor: "var(--warn-tint)",
    boxShadow: "inset 0 0 0 1px var(--warn-mark)",
    borderRadius: "2px",
  },
  ".cm-searchMatch.cm-searchMatch-selected": {
    backgroundColor: "var(--bg-selected)",
    boxShadow: "inset 0 0 0 1.5px var(--accent-mark)",
  },
  ".cm-panels": { backgroundColor: "var(--bg)", color: "var(--text)", zIndex: "var(--z-sticky)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-specialChar": { color: "var(--danger-text)" },
});

export const theme: Extension = [look, syntaxHighlighting(parts)];
