/** Puts another text into the editor by changing only what differs, so that cursor, scroll and folds keep their place. */
import { diff } from "@codemirror/merge";
import { Text, Transaction, type ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

/** A text as lines of the editor. A carriage return within a line stays there. */
export function asText(text: string): Text {
  return Text.of(text.split("\n"));
}

/** `undoable` is for changes the person made by a button; what came from elsewhere is not theirs to undo. */
export function replaceText(view: EditorView, text: string, undoable: boolean): void {
  const before = view.state.doc.toString();
  // Very different texts are not worth comparing for long.
  const changes: ChangeSpec[] = diff(before, text, { scanLimit: 500, timeout: 200 }).map(
    ({ fromA, toA, fromB, toB }) => ({
      from: fromA,
      to: toA,
      insert: asText(text.slice(fromB, toB)),
    }),
  );
  if (changes.length === 0) return;
  view.dispatch({
    changes,
    annotations: undoable
      ? Transaction.userEvent.of("input.replace")
      : [Transaction.addToHistory.of(false), Transaction.remote.of(true)],
  });
}
