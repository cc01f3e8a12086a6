/**
 * How a person brings two texts together: value by value, or in the text itself. It starts from your text; what is
 * written by hand becomes your text when the person goes back to the values.
 */
import type { EditorView } from "@codemirror/view";
import { Checker } from "../checker";
import type { Draft, Saved } from "../draft.svelte";
import { setProblems } from "../editor/marks";
import { compare, type Difference } from "../json/compare";
import { merged, taken, type Choice } from "../json/merge";
import type { Problem } from "../json/problems";
import { read } from "../json/reader";
import { pathName } from "../json/tree";

export type Mode = "keys" | "text";

export class Resolution {
  /** Your text. */
  yours = $state("");
  choices = $state<Record<string, Choice>>({});
  #wanted = $state<Mode>("keys");
  /** What was written by hand, or null while the text follows from the choices. */
  #written = $state.raw<string | null>(null);
  problems = $state.raw<readonly Problem[]>([]);
  #view: EditorView | null = null;
  #checker = new Checker(
    () => "",
    ({ document }) => {
      this.problems = document.problems;
      this.#view?.dispatch({ effects: setProblems.of(document.problems) });
    },
  );

  #base = $derived.by(() => read(this.base.text));
  #theirs = $derived.by(() => read(this.theirs.text));
  #yours = $derived(read(this.yours));
  /** Whether all three can be compared by values. */
  comparable = $derived(this.#base.valid && this.#theirs.valid && this.#yours.valid);
  mode = $derived<Mode>(this.comparable ? this.#wanted : "text");
  differences: Difference[] = $derived(this.comparable ? compare(this.#base, this.#yours, this.#theirs) : []);
  both = $derived(this.differences.filter(({ kind }) => kind === "both"));
  /** What is still to be chosen. */
  left = $derived(this.both.filter((difference) => this.taken(difference) === null));
  #merged = $derived.by(() => {
    const { root } = this.#yours;
    return root && this.comparable ? merged({ text: this.yours, root }, this.differences, this.choices) : this.yours;
  });
  text = $derived(this.#written ?? this.#merged);
  error = $derived((this.mode === "text" ? this.problems : []).find((problem) => problem.severity === "error") ?? null);

  constructor(private readonly draft: Draft) {
    this.yours = draft.current()?.text ?? "";
    this.problems = this.draft.checked?.document.problems ?? [];
  }

  get base(): Saved {
    return this.draft.saved as Saved;
  }

  get theirs(): Saved {
    return this.draft.meanwhile as Saved;
  }

  taken(difference: Difference): Choice | null {
    return taken(difference, this.choices);
  }

  choose(difference: Difference, choice: Choice): void {
    this.choices[pathName(difference.path)] = choice;
  }

  show(mode: Mode): void {
    if (mode === "keys") this.#keep();
    this.#wanted = mode;
  }

  /** The text is shown, to be written in. */
  open(view: EditorView): void {
    this.#view = view;
    this.#checker.now(view.state.doc);
  }

  /** The text was changed by hand. */
  write(view: EditorView): void {
    this.#written = view.state.doc.toString();
    this.#checker.changed(view.state.doc);
  }

  /** Whether something was written by hand, and what there is now; read to the end, so that it can be saved. */
  finish(): { text: string; error: boolean; written: boolean } {
    const written = this.#written !== null;
    const error = this.mode === "text" && !read(this.text).valid;
    return { text: this.text, error, written };
  }

  stop(): void {
    this.#checker.stop();
  }

  #keep(): void {
    this.#checker.stop();
    this.#view = null;
    if (this.#written !== null) this.yours = this.#written;
    this.#written = null;
    this.problems = [];
  }
}
