/** How the first bucket is called. */
import { words } from "../../i18n";

/** The name of a single dropped folder; else "My files". A path says nothing of what it is, so a name without a dot is taken for a folder's. */
export function titleFor(paths: string[]): string {
  const name = paths.length === 1 ? paths[0]!.split(/[\\/]/).filter(Boolean).at(-1) : undefined;
  return name !== undefined && !name.includes(".") ? name : words.shell.firstBucketTitle;
}
