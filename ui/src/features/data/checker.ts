/**
 * Reads the text again after each change, off the way of the keys: a moment after the last one, in slices short enough
 * that no frame is missed. What asks for certainty, such as saving, has the rest read at once.
 */
import type { Text } from "@codemirror/state";
import { changedLines, type ChangedLines } from "./json/lines";
import { read, Reader, type Document } from "./json/reader";

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
  /** The text that is being read; another one ends the reading. */
  #doc: Text | null = null;
  #last: { doc: Text; document: Document } | null = null;

  /** `saved` gives the text that changes are counted against. */
  constructor(
    private readonly saved: () => string,
    private readonly done: (checked: Checked) => void,
  ) {}

  /** The person changed the text to this one, and may go on. */
  changed(doc: Text): void {
    clearTimeout(this.#timer);
    this.#doc = doc;
    this.#timer = setTimeout(() => this.start(doc), doc.length > LARGE ? LATER : SOON);
  }

  /** Begins to read at once; a small text is done when this returns. */
  start(doc: Text): void {
    clearTimeout(this.#timer);
    this.#doc = doc;
    if (this.#last?.doc === doc) return void this.#finish(doc, this.#last.document);
    const reader = new Reader(doc.toString());
    const slice = (): void => {
      if (this.#doc !== doc) return;
      if (reader.read(SLICE)) this.#finish(doc, reader.document());
      else this.#timer = setTimeout(slice);
    };
    slice();
  }

  /** What is known of the text, read to its end if it has to be. */
  now(doc: Text): Checked {
    clearTimeout(this.#timer);
    this.#doc = doc;
    return this.#finish(doc, this.#last?.doc === doc ? this.#last.document : read(doc.toString()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#doc = null;
  }

  #finish(doc: Text, document: Document): Checked {
    this.#last = { doc, document };
    const checked = { document, changed: changedLines(this.saved(), document.text) };
    this.done(checked);
    return checked;
  }
}
