/** The form of a bucket's access changes what was changed, and knows which rule was refused. */
import { expect, test } from "vitest";
import type { Bucket } from "../../bindings/wire";
import { changesOf, policyForm, wrongRule } from "./policyForm";

const bucket = {
  ...{ policy: "rules", permalink: "open", tier: "persistent", category: "attachments" },
  rules: { read: "true", write: null, delete: null },
} as Bucket;

test("an untouched form changes nothing", () => expect(changesOf(policyForm(bucket), bucket)).toEqual({}));

test("rules go together, and an empty one is none", () => {
  const form = policyForm(bucket);
  form.rules = { read: " \n", write: " hasRole('member') ", delete: "" };
  expect(changesOf(form, bucket)).toEqual({ rules: { read: null, write: "hasRole('member')", delete: null } });
});

test("rules are kept while another policy holds", () => {
  const form = { ...policyForm(bucket), policy: "public" as const, permalink: "signed" as const };
  expect(changesOf(form, bucket)).toEqual({ policy: "public", permalink: "signed" });
});

test("a refused rule is known by its act and its place", () => {
  const details = { rule: "write", line: "2", column: "7" };
  const text = "Line 2, column 7: there is no function isMember. Write isMemberOf.";
  const refusal = { code: "invalid_rule", message: text, details };
  expect(wrongRule(refusal)).toEqual({ act: "write", place: { line: 2, column: 7 }, text });
  expect(wrongRule({ ...refusal, code: "forbidden" })).toBeNull();
  expect(wrongRule(new Error("x"))).toBeNull();
});
