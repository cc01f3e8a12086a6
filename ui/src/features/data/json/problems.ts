/**
 * What can be wrong with a document, without words: the sentences are in the catalogue, one for each code. An error
 * keeps the text from being saved; a warning only marks it.
 */
import type { Edit } from "./edits";

export type ProblemCode =
  | "empty"
  | "comma_missing_value"
  | "comma_missing_key"
  | "comma_extra"
  | "colon_missing"
  | "colon_extra"
  | "key_missing"
  | "key_missing_quotes"
  | "value_missing"
  | "text_not_closed"
  | "text_not_opened"
  | "wrong_quotes"
  | "text_missing_quotes"
  | "wrong_word"
  | "bad_escape"
  | "bad_unicode_escape"
  | "control_character"
  | "bad_number"
  | "wrong_mark"
  | "comment"
  | "stray_space"
  | "stray"
  | "object_not_closed"
  | "array_not_closed"
  | "closes_nothing"
  | "text_after_end"
  | "too_deep"
  | "key_repeated";

export type FixLabel =
  | "add_comma"
  | "remove_comma"
  | "add_colon"
  | "add_quotes"
  | "close_text"
  | "close"
  | "remove"
  | "escape"
  | "write"
  | "start_object";

/** A way out of a problem: one small change of the text. */
export interface Fix {
  label: FixLabel;
  edits: Edit[];
  /** What `write` writes. */
  text?: string;
}

export interface Problem {
  code: ProblemCode;
  severity: "error" | "warning";
  from: number;
  to: number;
  fix?: Fix;
  /** The key a `key_repeated` is about. */
  key?: string;
  /** Where that key stood first. */
  first?: number;
}

/** A text with more problems than this is not JSON at all; marking the rest would help nobody. */
const MOST = 1000;

/** Gathers problems while a document is read. */
export class Problems {
  readonly list: Problem[] = [];

  error(code: ProblemCode, from: number, to: number, fix?: Fix): void {
    if (this.list.length < MOST) this.list.push({ code, severity: "error", from, to, ...(fix && { fix }) });
  }

  warning(problem: Omit<Problem, "severity">): void {
    if (this.list.length < MOST) this.list.push({ ...problem, severity: "warning" });
  }

  /** In the order of the text. */
  sorted(): Problem[] {
    return this.list.sort((a, b) => a.from - b.from || a.to - b.to);
  }
}

export function replace(label: FixLabel, from: number, to: number, insert: string): Fix {
  const fix: Fix = { label, edits: [{ from, to, insert }] };
  if (label === "write") fix.text = insert;
  return fix;
}
