/** A preview of the address a title gives (rule E6). The engine decides; this only shows what to expect. */

const LONGEST = 80;

/** Lower case, spaces to hyphens, special characters removed; a title that leaves nothing gives `bucket`. */
export function slugPreview(title: string): string {
  let slug = "";
  for (const letter of title.normalize("NFKD").toLowerCase()) {
    if (/[a-z0-9_]/.test(letter)) slug += letter;
    else if (/[\s-]/.test(letter) && slug !== "" && !slug.endsWith("-")) slug += "-";
    if (slug.length === LONGEST) break;
  }
  return slug.replace(/^[-_]+|[-_]+$/g, "") || "bucket";
}

/** The same with the number it would get beside addresses that are taken. Empty for no title. */
export function freeSlug(title: string, taken: readonly string[]): string {
  if (title.trim() === "") return "";
  const slug = slugPreview(title);
  if (!taken.includes(slug)) return slug;
  for (let n = 2; ; n++) if (!taken.includes(`${slug}-${n}`)) return `${slug}-${n}`;
}
