/**
 * Sets a valid document out evenly: two spaces a level, one member a line. It changes only the white space between the
 * parts, so every number and text stays as it was written, in its place; and what was on one line and is short stays so.
 */
import type { Edit } from "./edits";
import type { Document } from "./reader";
import type { JsonNode } from "./tree";

const INDENT = "  ";
const WIDTH = 100;

/** The changes that format the document; none if it is not valid or already even. */
export function formatEdits(document: Document): Edit[] {
  if (!document.valid || document.root === null) return [];
  const formatter = new Formatter(document.text);
  const { root } = document;
  formatter.gap(0, root.from, "");
  formatter.value(root, 0, 0, true);
  formatter.gap(root.to, document.text.length, document.text.slice(root.to).includes("\n") ? "\n" : "");
  return formatter.edits;
}

class Formatter {
  readonly edits: Edit[] = [];

  constructor(private readonly text: string) {}

  /** Makes what lies between two parts (white space, at most with one comma or colon) read as wanted. */
  gap(from: number, to: number, wanted: string): void {
    if (this.text.slice(from, to) !== wanted) this.edits.push({ from, to, insert: wanted });
  }

  /** `column` is where the value begins on its line. */
  value(node: JsonNode, level: number, column: number, spread = false): void {
    if (node.kind !== "object" && node.kind !== "array") return;
    const parts = partsOf(node);
    const first = parts[0];
    if (first === undefined) return this.gap(node.from + 1, node.to - 1, "");
    const flat = !spread && !this.text.slice(node.from, node.to).includes("\n") && column + this.width(node) <= WIDTH;
    const pad = flat ? (node.kind === "object" ? " " : "") : `\n${INDENT.repeat(level)}`;
    const lead = flat ? pad : pad + INDENT;
    const between = flat ? ", " : `,${lead}`;

    this.gap(node.from + 1, first.from, lead);
    for (const [index, part] of parts.entries()) {
      const previous = parts[index - 1];
      if (previous) this.gap(previous.value.to, part.from, between);
      let start = INDENT.length * (level + 1);
      if (part.keyTo !== part.from) {
        this.gap(part.keyTo, part.value.from, ": ");
        start += part.keyTo - part.from + 2;
      }
      this.value(part.value, level + 1, flat ? 0 : start);
    }
    const last = parts.at(-1) ?? first;
    this.gap(last.value.to, node.to - 1, pad);
  }

  /** How wide a value is on one line. */
  private width(node: JsonNode): number {
    if (node.to - node.from > 2 * WIDTH) return Infinity;
    if (node.kind !== "object" && node.kind !== "array") return node.to - node.from;
    const parts = partsOf(node);
    if (parts.length === 0) return 2;
    const edges = node.kind === "object" ? 4 : 2;
    return parts.reduce(
      (sum, part) => {
        const key = part.keyTo === part.from ? 0 : part.keyTo - part.from + 2;
        return sum + key + this.width(part.value);
      },
      edges + 2 * (parts.length - 1),
    );
  }
}

interface Part {
  from: number;
  /** The same as `from` in an array. */
  keyTo: number;
  value: JsonNode;
}

function partsOf(node: JsonNode): Part[] {
  if (node.kind === "object") return node.members.map(({ keyFrom, keyTo, value }) => ({ from: keyFrom, keyTo, value }));
  if (node.kind === "array") return node.items.map((value) => ({ from: value.from, keyTo: value.from, value }));
  return [];
}
