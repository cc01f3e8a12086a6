/** The members of an object or array as they are written: with the white space before them and their keys. */
import type { JsonNode, Step } from "./tree";

/** A value and the text it is in. */
export interface Place {
  text: string;
  node: JsonNode;
}

export interface Part {
  step: Step;
  /** The white space between the bracket or comma before and this member. */
  lead: string;
  /** The key and its colon, with the white space after; empty in an array. */
  head: string;
  value: JsonNode;
}

export function partsOf({ text, node }: Place): Part[] {
  if (node.kind !== "object" && node.kind !== "array") return [];
  const members =
    node.kind === "object"
      ? node.members.map((member) => ({ step: member.key, from: member.keyFrom, value: member.value }))
      : node.items.map((value, step) => ({ step, from: value.from, value }));
  return members.map(({ step, from, value }, index) => {
    const before = members[index - 1];
    const gap = text.slice(before ? before.value.to : node.from + 1, from);
    return { step, lead: gap.slice(gap.indexOf(",") + 1), head: text.slice(from, value.from), value };
  });
}
