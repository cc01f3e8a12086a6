/**
 * Writes the text that a three-way comparison comes to. It starts from your text and changes only the values taken from
 * the other one, so your formatting, your order of keys and every literal survive.
 */
import type { Difference } from "./compare";
import { lineStart } from "./lines";
import { partsOf, type Part, type Place } from "./parts";
import { pathName, type JsonNode, type Step } from "./tree";

export type Choice = "yours" | "theirs";

/** What the person chose, by the name of the path. */
export type Choices = Readonly<Record<string, Choice>>;

/** Whose value goes into the merged text, or null if the person has not chosen yet. */
export function taken(difference: Difference, choices: Choices): Choice | null {
  return difference.kind === "both" ? (choices[pathName(difference.path)] ?? null) : difference.kind;
}

/** The merged text; what is not chosen yet stays as you have it. */
export function merged(
  yours: { text: string; root: JsonNode },
  differences: readonly Difference[],
  choices: Choices,
): string {
  const theirs = differences.filter((difference) => taken(difference, choices) === "theirs");
  const { root, text } = yours;
  return text.slice(0, root.from) + written({ text, node: root }, 0, theirs) + text.slice(root.to);
}

/** The value's text with the differences below it (those whose path goes on from `depth`) taken in. */
function written(place: Place, depth: number, differences: readonly Difference[]): string {
  const { text, node } = place;
  const whole = differences.find((difference) => difference.path.length === depth)?.theirs;
  if (whole?.node) return reindented({ text: whole.text, node: whole.node }, indentAt(text, node.from));
  if (differences.length === 0) return text.slice(node.from, node.to);

  const parts = partsOf(place);
  const below = groupByStep(differences, depth);
  const members: Member[] = [];
  for (const part of parts) {
    const changes = below.get(part.step) ?? [];
    below.delete(part.step);
    const gone = changes.some((change) => change.path.length === depth + 1 && change.theirs.node === undefined);
    if (!gone) members.push({ ...part, body: part.head + written({ text, node: part.value }, depth + 1, changes) });
  }
  const style = styleOf(place, parts, differences[0]);
  for (const [step, [change]] of below) {
    if (change) members.splice(placeOf(members, change, step), 0, { step, body: added(change, step, style) });
  }
  const body = members.map(({ lead, body }, index) => {
    if (index === 0) return style.first + body;
    return (lead === undefined || lead === style.first ? style.between : lead) + body;
  });
  return text.charAt(node.from) + body.join(",") + (members.length > 0 ? style.last : "") + text.charAt(node.to - 1);
}

/** A member on its way into the merged text; one that is new has no white space of its own before it. */
interface Member extends Partial<Pick<Part, "lead">> {
  step: Step;
  body: string;
}

/** The white space a container has before its first member, between members, and before its closing bracket. */
interface Style {
  first: string;
  between: string;
  last: string;
  /** How far a member on a line of its own is set in. */
  indent: string;
}

function styleOf({ text, node }: Place, parts: readonly Part[], change: Difference | undefined): Style {
  const outer = indentAt(text, node.from);
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) {
    // An empty container is filled in the way theirs is.
    const theirs = change?.theirParent && change.theirs.text.slice(change.theirParent.from, change.theirParent.to);
    if (theirs?.includes("\n")) {
      const lead = `\n${outer}  `;
      return { first: lead, between: lead, last: `\n${outer}`, indent: `${outer}  ` };
    }
    const edge = node.kind === "object" ? " " : "";
    return { first: edge, between: " ", last: edge, indent: outer };
  }
  const between = parts.length > 1 ? last.lead : first.lead.includes("\n") ? first.lead : " ";
  const indent = between.includes("\n") ? between.slice(between.lastIndexOf("\n") + 1) : outer;
  return { first: first.lead, between, last: text.slice(last.value.to, node.to - 1), indent };
}

function groupByStep(differences: readonly Difference[], depth: number): Map<Step, Difference[]> {
  const groups = new Map<Step, Difference[]>();
  for (const difference of differences) {
    const step = difference.path[depth];
    if (step === undefined) continue;
    const group = groups.get(step);
    if (group) group.push(difference);
    else groups.set(step, [difference]);
  }
  return groups;
}

/** Where a new member goes: behind the one it follows in their text, as far as that is still there. */
function placeOf(members: readonly Member[], change: Difference, step: Step): number {
  if (typeof step === "number" || change.theirParent?.kind !== "object") return members.length;
  const order = change.theirParent.members.map((member) => member.key);
  for (let before = order.indexOf(step) - 1; before >= 0; before--) {
    const index = members.findIndex((member) => member.step === order[before]);
    if (index >= 0) return index + 1;
  }
  return 0;
}

/** The text of a member that only the other one has. */
function added(change: Difference, step: Step, style: Style): string {
  const { text, node } = change.theirs;
  if (node === undefined) return "";
  const value = reindented({ text, node }, style.indent);
  if (change.theirParent?.kind !== "object") return value;
  const member = change.theirParent.members.findLast((one) => one.key === step);
  return member ? `${text.slice(member.keyFrom, member.keyTo)}: ${value}` : value;
}

/** The white space at the beginning of the line that `at` is on. */
function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? "";
}

/** A value from another text with its lines set in as far as its new place asks. No text literal holds a line break. */
function reindented({ text, node }: Place, indent: string): string {
  const was = indentAt(text, node.from);
  const value = text.slice(node.from, node.to);
  if (was === indent) return value;
  return value.replace(
    /\n([ \t]*)/g,
    (_, own: string) => `\n${own.startsWith(was) ? indent + own.slice(was.length) : own}`,
  );
}
