/** Places in a text, as errors name them. */

/** Line and column, both from 1, in characters. */
export interface Place {
  line: number;
  column: number;
}

/** The place that an error's details name, or null. */
export function placeOf(details: Readonly<Record<string, string>>): Place | null {
  const [line, column] = [Number(details["line"]), Number(details["column"])];
  return line >= 1 && column >= 1 ? { line, column } : null;
}

/** Where the place lies in the text, in UTF-16 units; the end of its line if the column is beyond that. */
export function offsetOf(text: string, { line, column }: Place): number {
  const lines = text.split("\n");
  const above = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  // The engine counts characters, this language counts halves of some.
  const before = [...(lines[line - 1] ?? "")].slice(0, column - 1).join("");
  return Math.min(above + before.length, text.length);
}

/** The text in three parts, the middle one being the word or sign at the place; without a place it is empty. */
export function marked(text: string, place: Place | null): { before: string; at: string; after: string } {
  if (place === null) return { before: text, at: "", after: "" };
  const start = offsetOf(text, place);
  const rest = text.slice(start);
  // At the end of a text there is nothing to mark but the room behind it.
  const at = /^([\p{L}\p{N}_]+|[^\n])/u.exec(rest)?.[0] ?? "";
  return { before: text.slice(0, start), at: at === "" ? " " : at, after: rest.slice(at.length) };
}
