/**
 * The colours and the indentation of JSON, part by part. A grammar would lose its place at the first error; this goes
 * on, so a text is coloured while it is wrong, which is most of the time it is written in.
 */
import { StreamLanguage, type StringStream } from "@codemirror/language";

interface State {
  /** Brackets open at the end of what was read. */
  depth: number;
}

function token(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return stream.match(/^\s*:/, false) ? "propertyName" : "string";
  if (stream.match(/^-?[0-9][0-9.eE+-]*/)) return "number";
  if (stream.match(/^(?:true|false|null)(?![\p{L}\p{N}_])/u)) return "bool";
  const mark = stream.next();
  if (mark === "{" || mark === "[") state.depth++;
  if (mark === "}" || mark === "]") state.depth = Math.max(0, state.depth - 1);
  if (mark && "{}[]".includes(mark)) return "brace";
  return mark === "," || mark === ":" ? "separator" : null;
}

export const language = StreamLanguage.define<State>({
  name: "json",
  startState: () => ({ depth: 0 }),
  copyState: ({ depth }) => ({ depth }),
  token,
  indent: ({ depth }, textAfter, { unit }) => Math.max(0, depth - (/^[}\]]/.test(textAfter) ? 1 : 0)) * unit,
  languageData: { indentOnInput: /^\s*[}\]]$/ },
});
