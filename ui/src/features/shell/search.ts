/** Which buckets match what is written in the search field. */
import type { Bucket } from "../../bindings/wire";

/** Buckets whose title, address or id contains every word, in any case and with or without accents. */
export function matching(buckets: Bucket[], wanted: string): Bucket[] {
  const parts = plain(wanted).split(/\s+/).filter(Boolean);
  return buckets.filter((bucket) => {
    const text = plain(`${bucket.title}\n${bucket.slug}\n${bucket.id}`);
    return parts.every((part) => text.includes(part));
  });
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
