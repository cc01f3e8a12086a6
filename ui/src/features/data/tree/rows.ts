/** The tree of a document as a flat list of rows: what is open, what each row says, and which one the cursor is in. */
import { unescape } from "../json/literals";
import { children, type JsonNode, type Step } from "../json/tree";

export interface TreeRow {
  /** Names the value while the document changes around it. */
  id: string;
  step: Step;
  level: number;
  node: JsonNode;
  /** Among how many, and the how-many-eth, for screen readers. */
  position: number;
  siblings: number;
  expandable: boolean;
  open: boolean;
}

/** What the person opened and closed, by row id; the rest goes by the rule of `opensAlone`. */
export type Opened = ReadonlyMap<string, boolean>;

/** With more members than this a value waits to be opened. */
const MANY = 200;

export function treeRows(text: string, root: JsonNode, opened: Opened): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (node: JsonNode, level: number, parent: string): void => {
    const below = children(node);
    for (const [index, { step, value }] of below.entries()) {
      const id = idOf(parent, step);
      const expandable = isFilled(value);
      const open = expandable && (opened.get(id) ?? opensAlone(text, value, level));
      rows.push({ id, step, level, node: value, position: index + 1, siblings: below.length, expandable, open });
      if (open) visit(value, level + 1, id);
    }
  };
  visit(root, 1, "");
  return rows;
}

function idOf(parent: string, step: Step): string {
  return `${parent}/${typeof step === "number" ? step : `:${step.replaceAll("/", "//")}`}`;
}

function isFilled(node: JsonNode): boolean {
  return (node.kind === "object" && node.members.length > 0) || (node.kind === "array" && node.items.length > 0);
}

/** At the top level what spreads over several lines is open from the start. */
function opensAlone(text: string, node: JsonNode, level: number): boolean {
  return level === 1 && size(node) <= MANY && text.slice(node.from, node.to).includes("\n");
}

function size(node: JsonNode): number {
  return node.kind === "object" ? node.members.length : node.kind === "array" ? node.items.length : 0;
}

/** The row that shows where `at` is in the text: of the innermost value there, or of what is closed around it. */
export function rowAt(rows: readonly TreeRow[], root: JsonNode, at: number): number {
  let id = "";
  let found = -1;
  let node = root;
  let from = 0;
  for (;;) {
    const next = childAt(node, at);
    if (next === null) return found;
    id = idOf(id, next.step);
    const index = rows.findIndex((row, index) => index >= from && row.id === id);
    if (index < 0) return found;
    found = index;
    from = index + 1;
    node = next.value;
  }
}

/** The member around a place, its key and the space before the next one included. */
function childAt(node: JsonNode, at: number): { step: Step; value: JsonNode } | null {
  if (at <= node.from || at >= node.to) return null;
  const starts =
    node.kind === "object"
      ? node.members.map((member) => member.keyFrom)
      : node.kind === "array"
        ? node.items.map((item) => item.from)
        : [];
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const found = children(node)[low - 1];
  // A comma may lie between the value and the cursor, no more than that.
  return found && at <= found.value.to + 1 ? found : null;
}

/** What a row says of its value: the text of a scalar, or what a container holds. */
export function summary(text: string, node: JsonNode): { text: string; name: string } {
  if (node.kind === "string")
    return { text: unescape(text.slice(node.from + 1, Math.min(node.to - 1, node.from + 300))), name: "" };
  if (node.kind !== "object") return { text: text.slice(node.from, Math.min(node.to, node.from + 300)), name: "" };
  const named = node.members.find(
    ({ key, value }) => ["name", "title", "label", "id"].includes(key) && value.kind === "string",
  );
  return { text: "", name: named ? summary(text, named.value).text : "" };
}
