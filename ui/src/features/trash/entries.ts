/** The trash as one list: deleted buckets and files, newest first. */
import type { Bucket, Trash, TrashedObject } from "../../bindings/wire";

export type Entry =
  | { kind: "bucket"; id: string; deleted: number; bucket: Bucket }
  | { kind: "file"; id: string; deleted: number; file: TrashedObject };

export function entriesOf({ buckets, objects }: Pick<Trash, "buckets" | "objects">): Entry[] {
  const all: Entry[] = [
    ...buckets.map((bucket): Entry => ({ kind: "bucket", id: bucket.id, deleted: bucket.deleted ?? 0, bucket })),
    ...objects.map((file): Entry => ({ kind: "file", id: file.object.id, deleted: file.object.deleted ?? 0, file })),
  ];
  return all.sort((a, b) => b.deleted - a.deleted);
}

export function nameOf(entry: Entry): string {
  return entry.kind === "bucket" ? entry.bucket.title : entry.file.object.originalName;
}

export function bytesOf(entry: Entry): number {
  return entry.kind === "bucket" ? entry.bucket.byteCount : entry.file.object.size;
}
