/** What a bucket allows, as a form. */
import type { Act, Bucket, Rules } from "../../bindings/wire";
import { placeOf, type Place } from "../../components/place";
import { isApiError } from "../../host/host";

export const ACTS = ["read", "write", "delete"] as const satisfies readonly Act[];

export type PolicyForm = Pick<Bucket, "policy" | "permalink" | "tier" | "category"> & {
  /** Empty: there is none. */
  rules: Record<Act, string>;
};

export type Changes = Partial<Pick<Bucket, "policy" | "rules" | "permalink" | "tier" | "category">>;

export function policyForm({ policy, rules, permalink, tier, category }: Bucket): PolicyForm {
  const texts = { read: rules.read ?? "", write: rules.write ?? "", delete: rules.delete ?? "" };
  return { policy, permalink, tier, category, rules: texts };
}

function rulesOf({ rules }: PolicyForm): Rules {
  const clean = (text: string) => (text.trim() === "" ? null : text.trim());
  return { read: clean(rules.read), write: clean(rules.write), delete: clean(rules.delete) };
}

export function changesOf(form: PolicyForm, bucket: Bucket): Changes {
  const changes: Changes = {};
  if (form.policy !== bucket.policy) changes.policy = form.policy;
  if (form.permalink !== bucket.permalink) changes.permalink = form.permalink;
  if (form.tier !== bucket.tier) changes.tier = form.tier;
  if (form.category !== bucket.category) changes.category = form.category;
  const rules = rulesOf(form);
  if (ACTS.some((act) => rules[act] !== bucket.rules[act])) changes.rules = rules;
  return changes;
}

/** A rule that was not taken: which, where, and what the engine says of it. */
export interface WrongRule {
  act: Act;
  place: Place | null;
  text: string;
}

/** What a refusal says of a rule, or null if it is about something else. */
export function wrongRule(refusal: unknown): WrongRule | null {
  if (!isApiError(refusal) || refusal.code !== "invalid_rule") return null;
  const act = ACTS.find((act) => act === refusal.details["rule"]);
  return act ? { act, place: placeOf(refusal.details), text: refusal.message } : null;
}
