/** What is asked for is what the key gets, and no more. */
import { describe, expect, test } from "vitest";
import type { User } from "../../bindings/wire";
import { endOf, keyForm, rateOf, requestOf } from "./keyForm";
import { wrongGroup } from "./groups";

const DAY = 86_400_000;
const person = (id: string, role: User["role"]): User => ({ id, name: id, role, groups: [], created: 0, owner: false });
const users = [person("u1", "admin"), person("u2", "member")];
const form = { ...keyForm(users), name: " Backup " };

describe("a key being made", () => {
  test("belongs to the owner and may edit, for ever, unless said otherwise", () =>
    expect(requestOf(form, users, 0)).toEqual({ name: "Backup", user: "u1", privileges: ["edit_buckets"] }));

  test("that may do everything has that alone", () => {
    const privileges = ["edit_buckets", "admin"] as const;
    expect(requestOf({ ...form, privileges: [...privileges] }, users, 0)?.privileges).toEqual(["admin"]);
  });

  test("of a member cannot do everything, and keeps the rest", () => {
    const asked = { ...form, user: "u2", privileges: ["edit_buckets" as const, "admin" as const] };
    expect(requestOf(asked, users, 0)?.privileges).toEqual(["edit_buckets"]);
  });

  test("without a name or of nobody is none", () => {
    expect(requestOf({ ...form, name: " " }, users, 0)).toBeNull();
    expect(requestOf({ ...form, user: "u9" }, users, 0)).toBeNull();
  });

  test.each([
    ["never", "", null],
    ["thirtyDays", "", 30 * DAY],
    ["oneYear", "", 365 * DAY],
    ["custom", "90", 90 * DAY],
    ["custom", "soon", undefined],
  ] as const)("with the end %s “%s” ends at %s", (end, text, at) =>
    expect(endOf({ ...form, end, span: { text, unit: "days" } }, 0)).toBe(at),
  );

  test.each([
    ["", null],
    ["20", 20],
    ["0", undefined],
    ["2.5", undefined],
    ["fast", undefined],
  ])("with the speed “%s” may ask %s times a second", (rate, n) => expect(rateOf({ ...form, rate })).toBe(n));
});

test.each([
  [["team:eng", "client:halden"], null],
  [["team:eng", "eng"], "eng"],
  [["team:"], "team:"],
  [["a b:c"], "a b:c"],
])("of the groups %j the wrong one is %s", (groups, wrong) => expect(wrongGroup(groups)).toBe(wrong));
