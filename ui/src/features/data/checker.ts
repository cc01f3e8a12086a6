/**
 * Reads the text again after each change, off the way of the keys: a moment after the last one, in slices short enough
 * that no frame is missed. What asks for certainty, such as saving, has the rest read at once.
 */
import type { Text } from "@codemirror/state";
import { changedLines, type ChangedLines } from "./json/lines";
import { Reader, type Document } from "./json/reader";

/** About as many parts as are read in eight milliseconds on a slow machine. */
const SLICE = 8_000;

/** Small texts are marked while the person types; large ones once they pause. */
const LARGE = 300_000;
const SOON = 60;
const LATER = 400;

export interface Checked {
  document: Document;
  changed: ChangedLines[];
}

export class Checker {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #doc: Text | null = null;
  #last: { doc: Text; saved: string; checked: Checked } | null = null;

  /** `saved` gives the text that changes are counted against. */
  constructor(
    private readonly saved: () => string,
    private readonly done: (checked: Checked) => void,
  ) {}

  /** The text is now this one. */
  changed(doc: Text): void {
    this.#doc = doc;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(doc), doc.length > LARGE ? LATER : SOON);
  }

  /** What is known of the text, read now if it has to be. */
  now(doc: Text): Checked {
    clearTimeout(this.#timer);
    if (this.#last?.doc === doc && this.#last.saved === this.saved()) return this.#last.checked;
    this.#doc = doc;
    const reader = new Reader(doc.toString());
    while (!reader.read(Number.MAX_SAFE_INTEGER));
    return this.#finish(doc, reader);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#doc = null;
  }

  #begin(doc: Text): void {
    const reader = new Reader(doc.toString());
    const slice = (): void => {
      if (this.#doc !== doc) return;
      if (reader.read(SLICE)) this.#finish(doc, reader);
      else this.#timer = setTimeout(slice);
    };
    slice();
  }

  #finish(doc: Text, reader: Reader): Checked {
    const document = reader.document();
    const checked = { document, changed: changedLines(this.saved(), document.text) };
    this.#last = { doc, saved: this.saved(), checked };
    this.done(checked);
    return checked;
  }
}
