/**
 * The document of one bucket while it is edited: what is saved, what the person has made of it, and what others saved
 * meanwhile. The text itself lives in the editor; this decides what happens to it.
 */
import { redoDepth, undoDepth } from "@codemirror/commands";
import type { ChangeDesc, Text } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { call } from "../../app/host";
import { notify, notifyError } from "../../app/notices.svelte";
import type { ApiError, Data } from "../../bindings/wire";
import { isApiError } from "../../host/host";
import { words } from "../../i18n";
import { Checker, type Checked } from "./checker";
import { asText, replaceText } from "./editor/apply";
import { setChangedLines } from "./editor/changes";
import { setProblems } from "./editor/marks";
import { withEnds, withoutEnds, type LineEnds } from "./json/ends";
import { formatEdits } from "./json/format";
import { countChanged } from "./json/lines";
import type { Problem } from "./json/problems";
import type { Document } from "./json/reader";

/** A saved document; its text has plain line ends here, and gets its own back when it is saved. */
export interface Saved extends Data {
  ends: LineEnds;
}

export class Draft {
  /** What the person started from, or null until it is read. */
  saved = $state.raw<Saved | null>(null);
  /** Why the document could not be read. */
  trouble = $state.raw<unknown>(null);
  /** What another writer saved since. */
  meanwhile = $state.raw<Saved | null>(null);
  /** Whether the two must be brought together now. */
  conflict = $state(false);
  dirty = $state(false);
  saving = $state(false);
  checked = $state.raw<Checked | null>(null);
  /** The last text without errors, for the tree. */
  valid = $state.raw<Document | null>(null);
  cursor = $state(0);
  canUndo = $state(false);
  canRedo = $state(false);

  changedLines = $derived(this.checked && this.dirty ? countChanged(this.checked.changed) : 0);
  errors = $derived(this.checked?.document.problems.filter((problem) => problem.severity === "error") ?? []);
  warnings = $derived(this.checked?.document.problems.filter((problem) => problem.severity === "warning") ?? []);

  view: EditorView | null = null;
  #savedDoc: Text | null = null;
  /** What has changed since the last text without errors. */
  #drift: ChangeDesc | null = null;
  #checker = new Checker(
    () => this.saved?.text ?? "",
    (checked) => this.#know(checked),
  );
  #missed = false;

  constructor(private readonly bucket: string) {}

  async load(): Promise<void> {
    this.trouble = null;
    try {
      this.#adopt(asSaved(await call("data_show", { bucket: this.bucket })));
    } catch (error) {
      this.trouble = error;
    }
    await this.#catchUp();
  }

  /** The editor is there, showing the saved text. */
  attach(view: EditorView): void {
    this.view = view;
    this.#savedDoc = view.state.doc;
    this.#checker.start(view.state.doc);
  }

  detach(): void {
    this.#checker.stop();
    this.view = null;
  }

  /** The editor's text, cursor or history has changed. */
  updated(update: ViewUpdate): void {
    const { state } = update;
    if (update.docChanged) {
      this.#drift = this.#drift ? this.#drift.composeDesc(update.changes.desc) : update.changes.desc;
      this.#compare(state.doc);
      this.#checker.changed(state.doc);
    }
    this.cursor = state.selection.main.head;
    this.canUndo = undoDepth(state) > 0;
    this.canRedo = redoDepth(state) > 0;
  }

  /** Where a place of the last valid text is now. */
  now(at: number): number {
    return Math.min(this.#drift?.mapPos(at) ?? at, this.view?.state.doc.length ?? 0);
  }

  /** Where the cursor is in the last valid text. */
  cursorInValid(): number {
    return this.#drift?.invertedDesc.mapPos(this.cursor) ?? this.cursor;
  }

  line(at: number): number {
    const doc = this.view?.state.doc;
    return doc ? doc.lineAt(Math.min(at, doc.length)).number : 1;
  }

  select(from: number, to: number): void {
    this.view?.dispatch({
      selection: { anchor: from, head: to },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
    this.view?.focus();
  }

  goTo(problem: Problem): void {
    this.select(problem.from, problem.from);
  }

  fix(problem: Problem): void {
    if (!problem.fix) return;
    this.view?.dispatch({ changes: problem.fix.edits, userEvent: "input.fix", scrollIntoView: true });
    this.view?.focus();
  }

  format(): void {
    if (!this.view) return;
    const { document } = this.#checker.now(this.view.state.doc);
    const changes = formatEdits(document);
    if (changes.length > 0) this.view.dispatch({ changes, userEvent: "input.format" });
  }

  /** The text as it is now, with all that is known of it. */
  current(): Document | null {
    return this.view ? this.#checker.now(this.view.state.doc).document : null;
  }

  /** Saves what is in the editor, or shows what keeps it from being saved. Whether nothing is left to save. */
  async save(): Promise<boolean> {
    const { saved, view } = this;
    if (!saved || !view || this.saving) return false;
    if (!this.dirty) return true;
    const { document } = this.#checker.now(view.state.doc);
    const error = document.problems.find((problem) => problem.severity === "error");
    if (error) {
      this.goTo(error);
      return false;
    }
    if (this.meanwhile) {
      this.conflict = true;
      return false;
    }
    await this.#set(saved, document.text);
    return !this.dirty;
  }

  /** Saves a text in which both were brought together. If yet another save came first, that one is met next. */
  async saveMerged(text: string): Promise<void> {
    const { meanwhile, saved, view } = this;
    if (!meanwhile || !saved || !view || this.saving) return;
    replaceText(view, text, true);
    // The merged text has taken in what was saved meanwhile, so that is what it grows from now.
    this.meanwhile = null;
    this.conflict = false;
    const base = { ...meanwhile, ends: saved.ends };
    this.#adopt(base);
    if (this.dirty) await this.#set(base, text);
  }

  /** Gives up what the person has for what was saved meanwhile; undo in the editor brings it back. */
  takeTheirs(): void {
    const { meanwhile } = this;
    if (!meanwhile || !this.view) return;
    replaceText(this.view, meanwhile.text, true);
    this.meanwhile = null;
    this.conflict = false;
    this.#adopt(meanwhile);
  }

  /** Goes back to the saved text; undo in the editor brings the changes back. */
  discard(): void {
    if (this.saved && this.view) replaceText(this.view, this.saved.text, true);
  }

  /** Someone saved this revision, perhaps this very window. */
  async follow(revision: number): Promise<void> {
    if (this.saving || !this.saved) {
      this.#missed = true;
      return;
    }
    if (revision <= this.#newest()) return;
    try {
      const data = await call("data_show", { bucket: this.bucket });
      if (this.saving) this.#missed = true;
      else if (data.revision > this.#newest()) this.#meet(asSaved(data));
    } catch (error) {
      notifyError(error, words.data.trouble);
    }
  }

  /** The newest revision that is known here. */
  #newest(): number {
    return (this.meanwhile ?? this.saved)?.revision ?? 0;
  }

  /** Looks at what was saved while this was reading or saving. */
  async #catchUp(): Promise<void> {
    if (!this.#missed) return;
    this.#missed = false;
    await this.follow(Infinity);
  }

  #meet(data: Saved): void {
    const { view } = this;
    if (this.dirty && view?.state.doc.toString() !== data.text) {
      this.meanwhile = data;
      return;
    }
    if (view) replaceText(view, data.text, false);
    this.meanwhile = null;
    this.conflict = false;
    this.#adopt(data);
  }

  /** Saves a text that grew from `base`. */
  async #set(base: Saved, text: string): Promise<void> {
    const { ends, revision } = base;
    this.saving = true;
    try {
      const answer = await call("data_set", { bucket: this.bucket, text: withEnds(text, ends), revision });
      this.#adopt(asSaved(answer));
      this.#tell(withEnds(base.text, ends), answer);
    } catch (error) {
      if (isApiError(error) && error.code === "stale_revision") this.#stale(error);
      else notifyError(error, words.data.notSaved);
    } finally {
      this.saving = false;
    }
    await this.#catchUp();
  }

  #stale({ details }: ApiError): void {
    this.meanwhile = asSaved({
      text: details.text ?? "",
      revision: Number(details.revision),
      modified: Number(details.modified),
      by: details.by ?? "",
    });
    this.conflict = true;
  }

  #tell(before: string, answer: Data): void {
    let { revision } = answer;
    const put = async (text: string): Promise<void> => {
      revision = (await call("data_set", { bucket: this.bucket, text, revision })).revision;
    };
    notify({ text: words.data.savedAs(revision), undo: () => put(before), redo: () => put(answer.text) });
  }

  #adopt(saved: Saved): void {
    this.saved = saved;
    if (!this.view) return;
    const { doc } = this.view.state;
    const savedDoc = asText(saved.text);
    this.#savedDoc = doc.eq(savedDoc) ? doc : savedDoc;
    this.#compare(doc);
    this.#checker.start(doc);
  }

  #compare(doc: Text): void {
    this.dirty = this.#savedDoc !== null && !doc.eq(this.#savedDoc);
    if (!this.dirty && this.meanwhile) {
      // Nothing is left to lose, so what was saved meanwhile can be shown; not within the change at hand, though.
      const { meanwhile } = this;
      queueMicrotask(() => {
        if (this.meanwhile === meanwhile && !this.dirty) this.#meet(meanwhile);
      });
    }
  }

  #know(checked: Checked): void {
    this.checked = checked;
    if (checked.document.valid) {
      this.valid = checked.document;
      this.#drift = null;
    }
    this.view?.dispatch({
      effects: [setProblems.of(checked.document.problems), setChangedLines.of(this.dirty ? checked.changed : [])],
    });
  }
}

function asSaved(data: Data): Saved {
  return { ...data, ...withoutEnds(data.text) };
}
