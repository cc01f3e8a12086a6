/**
 * Reads a document that may be wrong, finds every problem in it, and makes the tree of its values. It keeps its own
 * stack and can stop at any part, so that a document of many megabytes is read in slices between two frames.
 */
import { unescape } from "./literals";
import { Problems, replace, type Fix, type FixLabel, type Problem, type ProblemCode } from "./problems";
import { Scanner, wordMeant } from "./scanner";
import type { ArrayNode, JsonNode, ObjectNode, Scalar } from "./tree";

/** As deep as the engine reads. */
export const DEEPEST = 128;

/** What may come next: `first` and `next` stand for a key or a value after the opening bracket or a comma. */
type Expected = "first" | "next" | "colon" | "value" | "after";

interface Frame {
  node: ObjectNode | ArrayNode;
  expected: Expected;
  /** The key whose value is awaited. */
  key: { text: string; from: number; to: number } | null;
  /** Where each key stood first. */
  seen: Map<string, number>;
  /** The comma that awaits its value. */
  comma: number;
}

export interface Document {
  text: string;
  /** The tree, as far as it could be made out; whole and right if there are no errors. */
  root: JsonNode | null;
  /** In the order of the text. */
  problems: Problem[];
  /** Whether there is no error; there may be warnings. */
  valid: boolean;
}

/** Reads the whole text at once. */
export function read(text: string): Document {
  const reader = new Reader(text);
  while (!reader.read(Number.MAX_SAFE_INTEGER));
  return reader.document();
}

export class Reader {
  private readonly problems = new Problems();
  private readonly scanner: Scanner;
  private readonly stack: Frame[] = [];
  private root: JsonNode | null = null;
  private lastEnd = 0;
  private done = false;
  private tooDeep = false;

  constructor(private readonly text: string) {
    this.scanner = new Scanner(text, this.problems);
  }

  /** Reads on for so many parts. Whether the end is reached. */
  read(parts: number): boolean {
    for (let left = parts; left > 0 && !this.done; left--) {
      this.scanner.next();
      const frame = this.stack.at(-1);
      if (frame === undefined) this.atTop();
      else if (this.scanner.kind === "end") this.atEnd();
      else if (frame.node.kind === "object") this.inObject(frame, frame.node);
      else this.inArray(frame);
    }
    return this.done;
  }

  document(): Document {
    const problems = this.problems.sorted();
    const valid = !problems.some((problem) => problem.severity === "error");
    return { text: this.text, root: this.root, problems, valid };
  }

  private atTop(): void {
    const { kind, from, to } = this.scanner;
    if (kind === "end") {
      if (this.root === null) this.problems.error("empty", 0, to, replace("start_object", 0, to, "{}"));
      this.done = true;
    } else if (this.root !== null) {
      const closes = kind === "}" || kind === "]";
      const end = closes ? to : this.text.trimEnd().length;
      this.problems.error(closes ? "closes_nothing" : "text_after_end", from, end, replace("remove", from, end, ""));
      this.done = !closes;
    } else if (this.startsValue()) this.value();
    else this.misplaced();
  }

  private inObject(frame: Frame, object: ObjectNode): void {
    const { kind, from } = this.scanner;
    if (kind === "}" || kind === "]") return this.close(kind);
    switch (frame.expected) {
      case "first":
      case "next":
        return this.key(frame, object);
      case "colon":
        if (kind === ":") frame.expected = "value";
        else if (kind === "," || this.isKey()) this.valueMissing(frame);
        else {
          const end = frame.key?.to ?? from;
          this.problems.error("colon_missing", frame.key?.from ?? from, end, replace("add_colon", end, end, ":"));
          frame.expected = "value";
        }
        return kind === ":" ? undefined : this.inObject(frame, object);
      case "value":
        if (kind === ":") return this.extraColon();
        if (kind !== "," && !this.isKey()) return this.value();
        this.valueMissing(frame);
        return this.inObject(frame, object);
      case "after":
        if (kind === ",") return this.comma(frame);
        if (kind === ":") return this.extraColon();
        this.commaMissing(this.startsValue() && !this.startsKey() ? "comma_missing_value" : "comma_missing_key");
        return this.key(frame, object);
    }
  }

  private inArray(frame: Frame): void {
    const { kind } = this.scanner;
    if (kind === "}" || kind === "]") return this.close(kind);
    if (kind === ":") return this.extraColon();
    if (kind === ",") return frame.expected === "after" ? this.comma(frame) : this.extraComma();
    if (frame.expected === "after") this.commaMissing("comma_missing_value");
    this.value();
  }

  private atEnd(): void {
    const closers = this.stack.map((frame) => (frame.node.kind === "object" ? "}" : "]")).reverse();
    const fix: Fix = { label: "close", edits: [{ from: this.lastEnd, to: this.lastEnd, insert: closers.join("") }] };
    for (const { node } of this.stack) {
      this.problems.error(
        node.kind === "object" ? "object_not_closed" : "array_not_closed",
        node.from,
        node.from + 1,
        fix,
      );
      node.to = this.lastEnd;
    }
    this.done = true;
  }

  private key(frame: Frame, object: ObjectNode): void {
    const { kind, from, to } = this.scanner;
    if (kind === ",") return this.extraComma();
    if (kind === ":") {
      this.problems.error("key_missing", from, to);
      frame.key = null;
      frame.expected = "value";
      this.lastEnd = to;
    } else if (!this.startsKey()) {
      this.problems.error("key_missing", from, to);
      frame.key = null;
      this.value();
    } else {
      const literal = this.text.slice(from, to);
      if (kind !== "string") {
        this.problems.error("key_missing_quotes", from, to, replace("add_quotes", from, to, `"${literal}"`));
      }
      const text = kind === "string" ? unescape(literal.slice(1, -1)) : literal;
      const first = frame.seen.get(text);
      if (first === undefined) frame.seen.set(text, from);
      else {
        object.repeats = true;
        this.problems.warning({ code: "key_repeated", from, to, key: text, first });
      }
      frame.key = { text, from, to };
      frame.expected = "colon";
      this.lastEnd = to;
    }
  }

  private value(): void {
    const { kind, from, to } = this.scanner;
    if (kind === "{" || kind === "[") return this.open(kind, from, to);
    if (kind === "name") {
      const name = this.text.slice(from, to);
      const word = wordMeant(name);
      if (word !== null) this.problems.error("wrong_word", from, to, replace("write", from, to, word));
      else this.problems.error("text_missing_quotes", from, to, replace("add_quotes", from, to, `"${name}"`));
    }
    const scalar: Scalar = { kind: kind === "number" ? "number" : kind === "word" ? "word" : "string", from, to };
    this.attach(scalar);
    this.lastEnd = to;
  }

  private open(kind: "{" | "[", from: number, to: number): void {
    const node: ObjectNode | ArrayNode =
      kind === "{" ? { kind: "object", from, to, members: [], repeats: false } : { kind: "array", from, to, items: [] };
    this.attach(node);
    this.stack.push({ node, expected: "first", key: null, seen: new Map(), comma: -1 });
    this.lastEnd = to;
    if (this.stack.length > DEEPEST && !this.tooDeep) {
      this.tooDeep = true;
      this.problems.error("too_deep", from, to);
    }
  }

  /** Puts a value where one is awaited. A value without its key is passed over. */
  private attach(value: JsonNode): void {
    const frame = this.stack.at(-1);
    if (frame === undefined) this.root = value;
    else if (frame.node.kind === "array") frame.node.items.push(value);
    else if (frame.key !== null) {
      frame.node.members.push({ key: frame.key.text, keyFrom: frame.key.from, keyTo: frame.key.to, value });
    }
    if (frame) {
      frame.expected = "after";
      frame.key = null;
    }
  }

  private close(kind: "}" | "]"): void {
    const { from, to } = this.scanner;
    const wanted = kind === "}" ? "object" : "array";
    const depth = this.stack.findLastIndex((frame) => frame.node.kind === wanted);
    if (depth < 0) {
      this.problems.error("closes_nothing", from, to, replace("remove", from, to, ""));
      return;
    }
    while (this.stack.length > depth) {
      const frame = this.stack.pop();
      if (frame === undefined) break;
      const { node } = frame;
      if (frame.expected === "next") {
        this.problems.error(
          "comma_extra",
          frame.comma,
          frame.comma + 1,
          replace("remove_comma", frame.comma, frame.comma + 1, ""),
        );
      }
      if (frame.expected === "colon" || frame.expected === "value") this.reportNoValue(frame);
      if (this.stack.length > depth) {
        const closer = node.kind === "object" ? "}" : "]";
        const code = node.kind === "object" ? "object_not_closed" : "array_not_closed";
        this.problems.error(code, node.from, node.from + 1, replace("close", this.lastEnd, this.lastEnd, closer));
        node.to = this.lastEnd;
      } else node.to = to;
    }
    this.lastEnd = to;
  }

  private comma(frame: Frame): void {
    frame.comma = this.scanner.from;
    frame.expected = "next";
    this.lastEnd = this.scanner.to;
  }

  private commaMissing(code: ProblemCode): void {
    const { from, to } = this.scanner;
    const end = this.kindOpens() ? from + 1 : to;
    this.problems.error(code, from, end, replace("add_comma", this.lastEnd, this.lastEnd, ","));
  }

  private extraComma(): void {
    this.remove("comma_extra", "remove_comma");
  }

  private extraColon(): void {
    this.remove("colon_extra", "remove");
  }

  private remove(code: ProblemCode, label: FixLabel): void {
    const { from, to } = this.scanner;
    this.problems.error(code, from, to, replace(label, from, to, ""));
  }

  private misplaced(): void {
    this.remove(
      this.scanner.kind === "," ? "comma_extra" : this.scanner.kind === ":" ? "colon_extra" : "closes_nothing",
      "remove",
    );
  }

  /** A key without a value: what comes now is the next comma or key. */
  private valueMissing(frame: Frame): void {
    this.reportNoValue(frame);
    frame.key = null;
    frame.expected = "after";
  }

  private reportNoValue(frame: Frame): void {
    const key = frame.key ?? { from: this.scanner.from, to: this.scanner.to };
    this.problems.error("value_missing", key.from, key.to);
  }

  /** Whether the part at hand is a key that already belongs to the next member. */
  private isKey(): boolean {
    return this.startsKey() && this.scanner.colonFollows();
  }

  private startsKey(): boolean {
    const { kind } = this.scanner;
    return kind === "string" || kind === "name" || kind === "word" || kind === "number";
  }

  private kindOpens(): boolean {
    return this.scanner.kind === "{" || this.scanner.kind === "[";
  }

  private startsValue(): boolean {
    return this.startsKey() || this.kindOpens();
  }
}
