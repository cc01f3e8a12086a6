/**
 * What links of a bucket need, and how the page itself shows files of one whose own links are not enough: by a signed link
 * of short life, made when a file is looked at and kept until it ends.
 */
import type { ObjectInfo, Permalink, SignedLink } from "../../bindings/wire";
import { call } from "../../app/host";
import { session } from "../../app/session.svelte";

/** What a file's own link needs besides itself. */
export function permalinkOf(bucket: string): Permalink {
  return session.buckets.find(({ id }) => id === bucket)?.permalink ?? "open";
}

/** Seconds: long enough to look at a file, too short to be passed on. */
const LIFE = 900;
/** One that ends within so many milliseconds is made anew. */
const SPARE = 60_000;

const own = new Map<string, Promise<SignedLink>>();
const ids = new Set<string>();

/** The address, without the server, by which the page shows this file: one signing for as long as it holds. */
export async function shownBy(object: ObjectInfo): Promise<string> {
  if (permalinkOf(object.bucket) === "open") return object.path;
  const kept = await own.get(object.id)?.catch(() => null);
  if (kept && kept.expires > Date.now() + SPARE) return kept.path;
  const { bucket, id } = object;
  const signing = call("link_sign", { bucket, object: { id }, seconds: LIFE });
  own.set(id, signing);
  const link = await signing;
  ids.add(link.id);
  return link.path;
}

/** Whether a link was made by the page for itself, and so is nobody's to revoke. */
export function isOwn(link: SignedLink): boolean {
  return ids.has(link.id);
}
