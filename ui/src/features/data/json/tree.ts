/**
 * What the reader makes of a document: values as ranges of its text. A number stays the digits the person wrote, so
 * nothing here turns one into a JavaScript number.
 */

/** A number, a text, or one of `true`, `false` and `null`. */
export interface Scalar {
  kind: "string" | "number" | "word";
  from: number;
  to: number;
}

/** A key with its value. `key` is the text with its escapes resolved; the literal is `keyFrom` to `keyTo`. */
export interface Member {
  key: string;
  keyFrom: number;
  keyTo: number;
  value: JsonNode;
}

export interface ObjectNode {
  kind: "object";
  from: number;
  to: number;
  members: Member[];
  /** Whether a key stands in it twice, so that a path through it would not name one value. */
  repeats: boolean;
}

export interface ArrayNode {
  kind: "array";
  from: number;
  to: number;
  items: JsonNode[];
}

export type JsonNode = Scalar | ObjectNode | ArrayNode;

/** One step from a value to a value within it: a key of an object, or an index of an array. */
export type Step = string | number;

/** The values directly in this one, in the order of the text, each with the step that leads to it. */
export function children(node: JsonNode): { step: Step; value: JsonNode }[] {
  if (node.kind === "object") return node.members.map((member) => ({ step: member.key, value: member.value }));
  if (node.kind === "array") return node.items.map((value, index) => ({ step: index, value }));
  return [];
}

/** The value one step in. For a repeated key the last one, which is the one that counts. */
export function child(node: JsonNode, step: Step): JsonNode | undefined {
  if (node.kind === "array") return typeof step === "number" ? node.items[step] : undefined;
  if (node.kind !== "object") return undefined;
  return node.members.findLast((member) => member.key === step)?.value;
}

/** A path as people write it: `output.notify[1]`, with odd keys in brackets and quotes. */
export function pathName(path: readonly Step[]): string {
  let name = "";
  for (const step of path) {
    if (typeof step === "number") name += `[${step}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)) name += name === "" ? step : `.${step}`;
    else name += `["${step.replaceAll('"', '\\"')}"]`;
  }
  return name;
}
