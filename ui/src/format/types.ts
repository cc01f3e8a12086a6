/** Media types in plain words. */
import { words } from "../i18n";

/** The groups a person chooses from, and the patterns that each stands for. */
export const TYPE_GROUPS = {
  images: ["image/*"],
  video: ["video/*"],
  audio: ["audio/*"],
  pdf: ["application/pdf"],
  text: ["text/*"],
  json: ["application/json"],
  archives: ["application/zip", "application/gzip", "application/x-tar", "application/x-7z-compressed"],
} as const satisfies Record<string, readonly string[]>;

export type TypeGroup = keyof typeof TYPE_GROUPS;

/** Splits patterns into whole groups and what is left over. */
export function groupTypes(types: readonly string[]): { groups: TypeGroup[]; others: string[] } {
  const names = Object.keys(TYPE_GROUPS) as TypeGroup[];
  const groups = names.filter((name) => TYPE_GROUPS[name].every((type) => types.includes(type)));
  const covered = new Set<string>(groups.flatMap((name) => TYPE_GROUPS[name]));
  return { groups, others: types.filter((type) => !covered.has(type)) };
}

/** Images, video, PDF; free patterns as they are written. */
export function typesInWords(types: readonly string[]): string {
  const { groups, others } = groupTypes(types);
  // Only the first word is in capitals, unless it is a name.
  const named = groups.map((name, n) => {
    const word = words.bucket.typeGroups[name];
    return n === 0 || /^[A-Z]{2}/.test(word) ? word : word.toLowerCase();
  });
  return [...named, ...others].join(", ");
}

// The names of the grammar of RFC 6838: a letter or digit, then up to 126 of a few marks besides.
const name = "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}";
const pattern = new RegExp(`^(?:\\*/\\*|${name}/(?:\\*|${name}))$`);

/** Whether it is a pattern that a bucket can take: `image/png`, `image/*`, `*\/*`. The engine has the last word. */
export function isTypePattern(text: string): boolean {
  return pattern.test(text);
}

/** The first part of an `accept` list that is no type, or null: `.jpg, image/*, application/pdf`. */
export function wrongAccept(text: string): string | null {
  const parts = text
    .split(",")
    .map((part) => part.trim().toLowerCase())
    .filter(Boolean);
  return parts.find((part) => !/^\.[a-z0-9][a-z0-9_+.-]*$/.test(part) && !isTypePattern(part)) ?? null;
}
