/** Marks problems in the text: a tint on the line, a wave under the place, and the sentence behind the line. */
import { RangeSet, RangeSetBuilder, StateEffect, StateField, type EditorState, type Text } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  GutterMarker,
  gutterLineClass,
  WidgetType,
  type DecorationSet,
} from "@codemirror/view";
import { words } from "../../../i18n";
import type { Problem } from "../json/problems";

export const setProblems = StateEffect.define<readonly Problem[]>();

interface Marked {
  decorations: DecorationSet;
  numbers: RangeSet<GutterMarker>;
}

const marked = StateField.define<Marked>({
  create: () => ({ decorations: Decoration.none, numbers: RangeSet.empty }),
  update(value, transaction) {
    let { decorations, numbers } = value;
    if (transaction.docChanged) {
      decorations = decorations.map(transaction.changes);
      numbers = numbers.map(transaction.changes);
    }
    for (const effect of transaction.effects) {
      if (effect.is(setProblems)) return mark(transaction.state, effect.value);
    }
    return decorations === value.decorations && numbers === value.numbers ? value : { decorations, numbers };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.decorations),
    gutterLineClass.from(field, (value) => value.numbers),
  ],
});

export const problemMarks = marked;

/** The sentence of a problem, with the line of what it refers to. */
export function problemWords(doc: Text, problem: Problem): string {
  const first = problem.first === undefined ? null : doc.lineAt(Math.min(problem.first, doc.length)).number;
  return words.data.problem(problem.code, first);
}

class Lens extends WidgetType {
  constructor(private readonly text: string) {
    super();
  }
  override eq(other: Lens): boolean {
    return other.text === this.text;
  }
  override toDOM(): HTMLElement {
    const lens = document.createElement("span");
    lens.className = "cm-lens";
    lens.textContent = this.text;
    return lens;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

class NumberMark extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }
}
const NUMBER = { error: new NumberMark("cm-error-number"), warning: new NumberMark("cm-warning-number") };
const LINE = {
  error: Decoration.line({ class: "cm-error-line" }),
  warning: Decoration.line({ class: "cm-warning-line" }),
};
const TEXT = {
  error: Decoration.mark({ class: "cm-error-text" }),
  warning: Decoration.mark({ class: "cm-warning-text" }),
};

function mark(state: EditorState, problems: readonly Problem[]): Marked {
  const { doc } = state;
  const decorations: ReturnType<Decoration["range"]>[] = [];
  const numbers = new RangeSetBuilder<GutterMarker>();
  for (const group of byLine(doc, problems)) {
    const line = doc.lineAt(group[0]?.from ?? 0);
    const worst = group.find((problem) => problem.severity === "error") ?? group[0];
    if (worst === undefined) continue;
    decorations.push(LINE[worst.severity].range(line.from));
    numbers.add(line.from, line.from, NUMBER[worst.severity]);
    for (const { from, to, severity } of group) {
      if (to > from && to <= doc.length) decorations.push(TEXT[severity].range(from, to));
    }
    const sentence = problemWords(doc, worst);
    const text = group.length > 1 ? `${sentence}, ${words.data.andMore(group.length - 1)}` : sentence;
    decorations.push(Decoration.widget({ widget: new Lens(text), side: 1 }).range(line.to));
  }
  return { decorations: Decoration.set(decorations, true), numbers: numbers.finish() };
}

/** Problems, which come in the order of the text, grouped by the line they begin in. */
function byLine(doc: Text, problems: readonly Problem[]): Problem[][] {
  const groups: Problem[][] = [];
  let end = -1;
  for (const problem of problems) {
    if (problem.from > doc.length) continue;
    if (problem.from <= end) groups.at(-1)?.push(problem);
    else {
      groups.push([problem]);
      end = doc.lineAt(problem.from).to;
    }
  }
  return groups;
}
