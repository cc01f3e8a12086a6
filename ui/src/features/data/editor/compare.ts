/** Two texts side by side, with what differs marked; the right one may be written in. */
import { MergeView } from "@codemirror/merge";
import type { Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { asText } from "./apply";
import { problemMarks } from "./marks";
import { readOnly, shown, writable } from "./setup";
import { adoptStyles } from "./styles";

interface SideText {
  text: string;
  label: string;
}

export interface SideBySide {
  parent: HTMLElement;
  left: SideText;
  right: SideText;
  /** Makes the right side writable, with a button at each difference that takes the left one. */
  edit?: {
    /** The right side is there. */
    opened: (view: EditorView) => void;
    changed: (view: EditorView) => void;
    takeLabel: string;
  };
}

const look = EditorView.theme({
  "&": { height: "auto" },
  ".cm-scroller": { overflow: "visible" },
  "&.cm-merge-a .cm-changedLine, &.cm-merge-b .cm-changedLine": { backgroundColor: "var(--accent-tint)" },
  "&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText": {
    background: "var(--bg-selected)",
    borderRadius: "2px",
  },
  "&.cm-merge-a .cm-changedLineGutter, &.cm-merge-b .cm-changedLineGutter": { background: "var(--accent-mark)" },
  ".cm-collapsedLines": {
    font: "var(--w-text) 11px/24px var(--font-ui)",
    color: "var(--text-3)",
    background: "var(--bg-hover)",
    padding: "0 var(--s-4)",
    cursor: "default",
  },
  ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '""', margin: "0" },
  ".cm-deletedLineGutter, .cm-changeGutter": { width: "4px", paddingLeft: "0" },
});

/** Shows them; returns the way to take them away again. */
export function sideBySide({ parent, left, right, edit }: SideBySide): () => void {
  adoptStyles();
  const common: Extension = [look, lineNumbers()];
  const view = new MergeView({
    parent,
    a: { doc: asText(left.text), extensions: [common, shown(left.label), readOnly()] },
    b: {
      doc: asText(right.text),
      extensions: [
        common,
        shown(right.label),
        edit
          ? [
              writable(),
              problemMarks,
              EditorView.updateListener.of((update) => {
                if (update.docChanged) edit.changed(update.view);
              }),
            ]
          : readOnly(),
      ],
    },
    collapseUnchanged: { margin: 3, minSize: 6 },
    diffConfig: { scanLimit: 500, timeout: 500 },
    ...(edit && { revertControls: "a-to-b" as const, renderRevertControl: () => takeButton(edit.takeLabel) }),
  });
  edit?.opened(view.b);
  return () => view.destroy();
}

function takeButton(label: string): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "take";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.textContent = "→";
  return button;
}
