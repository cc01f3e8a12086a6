/** A key that is being made, as a form. */
import type { KeyCreateRequest, Privilege, User } from "../../bindings/wire";
import { secondsOf, type SpanForm } from "../../format/span";

export const PRIVILEGES: readonly Privilege[] = ["edit_buckets", "create_buckets", "delete_buckets", "admin"];

export type End = "never" | "thirtyDays" | "oneYear" | "custom";

const DAY = 86_400;
const SECONDS = { never: null, thirtyDays: 30 * DAY, oneYear: 365 * DAY } as const;

export interface KeyForm {
  name: string;
  /** Id of the user. */
  user: string;
  privileges: Privilege[];
  end: End;
  /** For the end `custom`. */
  span: SpanForm;
  /** Empty sets none. */
  rate: string;
}

export function keyForm(users: readonly User[]): KeyForm {
  return {
    name: "",
    user: users[0]?.id ?? "",
    privileges: ["edit_buckets"],
    end: "never",
    span: { text: "90", unit: "days" },
    rate: "",
  };
}

/** When it would end, in Unix milliseconds; null for never, undefined for what is no span. */
export function endOf({ end, span }: KeyForm, now: number): number | null | undefined {
  const seconds = end === "custom" ? (secondsOf(span) ?? undefined) : SECONDS[end];
  return typeof seconds === "number" ? now + seconds * 1000 : seconds;
}

/** The most requests a second; null for none set, undefined for what is no such number. */
export function rateOf({ rate }: KeyForm): number | null | undefined {
  const clean = rate.trim();
  if (clean === "") return null;
  const n = Number(clean);
  return /^\d+$/.test(clean) && n >= 1 && n <= 1_000_000 ? n : undefined;
}

/** Whether a user's keys can have a privilege at all. */
export function canHave(user: User | undefined, privilege: Privilege): boolean {
  return privilege !== "admin" || user?.role === "admin";
}

/** What a key is made by, or null for a form that is wrong. */
export function requestOf(form: KeyForm, users: readonly User[], now: number): KeyCreateRequest | null {
  const [name, expires, rate] = [form.name.trim(), endOf(form, now), rateOf(form)];
  const user = users.find(({ id }) => id === form.user);
  if (name === "" || expires === undefined || rate === undefined || !user) return null;
  const all = form.privileges.includes("admin") && canHave(user, "admin");
  const privileges = all ? (["admin"] as const) : form.privileges.filter((one) => canHave(user, one));
  return {
    ...{ name, user: user.id, privileges: [...privileges] },
    ...(expires === null ? {} : { expires }),
    ...(rate === null ? {} : { rate }),
  };
}
