/** Text literals: what their escapes mean, and how a text is written as one. */

const SHORT: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** What a literal between its quotes says. Escapes that JSON does not know stay as they are written. */
export function unescape(inside: string): string {
  if (!inside.includes("\\")) return inside;
  return inside.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (whole, hex: string | undefined, short: string) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    if (short === '"' || short === "\\" || short === "/") return short;
    return SHORT[short] ?? whole;
  });
}

/** How a control character is written inside a text. */
export function escapeControl(code: number): string {
  const short = Object.entries(SHORT).find(([, char]) => char.charCodeAt(0) === code);
  return short ? `\\${short[0]}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** The inside of a text in other quotes, made fit for double quotes. */
export function requote(inside: string): string {
  const fit = inside
    .replace(/\\(['`])/g, "$1")
    .replace(/(\\[\s\S])|"/g, (_, escape: string | undefined) => escape ?? '\\"');
  return `"${fit}"`;
}
