/**
 * Line ends. The editor counts a line end as one character, so a text whose every line ends in CR LF is edited with
 * plain line feeds and gets its own ends back. A text that mixes them is left exactly as it is.
 */
export type LineEnds = "lf" | "crlf";

export function withoutEnds(text: string): { text: string; ends: LineEnds } {
  const pure = text.includes("\r\n") && !/\r(?!\n)|(?<!\r)\n/.test(text);
  return pure ? { text: text.replaceAll("\r\n", "\n"), ends: "crlf" } : { text, ends: "lf" };
}

export function withEnds(text: string, ends: LineEnds): string {
  return ends === "crlf" ? text.replaceAll("\n", "\r\n") : text;
}
