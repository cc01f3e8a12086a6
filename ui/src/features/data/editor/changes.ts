/** The bar beside lines that differ from the saved text. */
import { RangeSet, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { gutter, GutterMarker } from "@codemirror/view";
import type { ChangedLines } from "../json/lines";

export const setChangedLines = StateEffect.define<readonly ChangedLines[]>();

class Bar extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
}
const CHANGED = new Bar("changed");
/** Lines were taken out above this one. */
const REMOVED = new Bar("removed");

const bars = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setChangedLines)) continue;
      const builder = new RangeSetBuilder<GutterMarker>();
      const { doc } = transaction.state;
      for (const { from, to } of effect.value) {
        for (let line = from; line < to; line++) {
          if (line < doc.lines) builder.add(doc.line(line + 1).from, doc.line(line + 1).from, CHANGED);
        }
        if (to === from && from < doc.lines) builder.add(doc.line(from + 1).from, doc.line(from + 1).from, REMOVED);
      }
      return builder.finish();
    }
    return value.map(transaction.changes);
  },
});

export const changeBars = [bars, gutter({ class: "cm-changes", markers: (view) => view.state.field(bars) })];
