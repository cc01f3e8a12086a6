/**
 * Compares what a person has with what another saved, both grown from one document: value by value along the keys, and
 * in arrays by index. Values are the same if they are written the same; keys in another order are not a change.
 */
import type { Document } from "./reader";
import { child, type ArrayNode, type JsonNode, type ObjectNode, type Step } from "./tree";

/** A document together with the value at hand; the value is missing where the document has none. */
export interface Side {
  text: string;
  node: JsonNode | undefined;
}

/** One value that differs, and who changed it. `both` is the person's choice; the others are taken. */
export interface Difference {
  path: Step[];
  kind: "both" | "yours" | "theirs";
  base: Side;
  yours: Side;
  theirs: Side;
  /** What their value stands in; missing for a document as a whole. */
  theirParent?: ObjectNode | ArrayNode;
}

/** All that differs between valid documents, in the order of yours. What both changed alike is no difference. */
export function compare(base: Document, yours: Document, theirs: Document): Difference[] {
  const found: Difference[] = [];
  const side = (document: Document): Side => ({ text: document.text, node: document.root ?? undefined });
  visit([], side(base), side(yours), side(theirs), found);
  return found;
}

function visit(path: Step[], base: Side, yours: Side, theirs: Side, found: Difference[], parent?: JsonNode): void {
  if (same(yours, theirs)) return;
  const mine = !same(base, yours);
  const other = !same(base, theirs);
  if (canDescend(base, yours, theirs)) {
    for (const step of steps([yours, theirs, base])) {
      visit([...path, step], at(base, step), at(yours, step), at(theirs, step), found, theirs.node);
    }
    return;
  }
  const difference: Difference = {
    path,
    kind: mine && other ? "both" : mine ? "yours" : "theirs",
    base,
    yours,
    theirs,
  };
  if (parent?.kind === "object" || parent?.kind === "array") difference.theirParent = parent;
  found.push(difference);
}

/**
 * Whether a difference can be told value by value: everyone has an object without repeated keys, or an array from which
 * nobody took an item (taking one moves the others, so that an index no longer names one item). Where the base has
 * nothing, two objects may still be put together.
 */
function canDescend(base: Side, yours: Side, theirs: Side): boolean {
  const [b, y, t] = [base.node, yours.node, theirs.node];
  if (y?.kind === "object" && t?.kind === "object") {
    if (y.repeats || t.repeats) return false;
    return b === undefined || (b.kind === "object" && !b.repeats);
  }
  if (y?.kind !== "array" || t?.kind !== "array" || b?.kind !== "array") return false;
  return y.items.length >= b.items.length && t.items.length >= b.items.length;
}

function steps(sides: Side[]): Set<Step> {
  const all = new Set<Step>();
  for (const { node } of sides) {
    if (node?.kind === "object") for (const member of node.members) all.add(member.key);
    if (node?.kind === "array") for (const index of node.items.keys()) all.add(index);
  }
  return all;
}

function at(side: Side, step: Step): Side {
  return { text: side.text, node: side.node && child(side.node, step) };
}

/** Whether two values are written the same, white space and the order of keys aside. */
export function same(one: Side, other: Side): boolean {
  const [a, b] = [one.node, other.node];
  if (a === undefined || b === undefined) return a === b;
  if (a.kind !== b.kind) return false;
  if (a.to - a.from === b.to - b.from && one.text.slice(a.from, a.to) === other.text.slice(b.from, b.to)) return true;
  if (a.kind === "array" && b.kind === "array") {
    return (
      a.items.length === b.items.length &&
      a.items.every((item, index) => same({ ...one, node: item }, { ...other, node: b.items[index] }))
    );
  }
  if (a.kind === "object" && b.kind === "object") {
    // With repeated keys the order decides which one counts, so such objects are the same only to the letter.
    if (a.members.length !== b.members.length || a.repeats || b.repeats) return false;
    const values = new Map(b.members.map((member) => [member.key, member.value]));
    return a.members.every(({ key, value }) => same({ ...one, node: value }, { ...other, node: values.get(key) }));
  }
  return false;
}
