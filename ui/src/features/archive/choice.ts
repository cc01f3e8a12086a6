/** Which buckets an export takes, and how much that is. */
import type { Bucket, ExportCategory, ExportRequest } from "../../bindings/wire";

/** A category, or the bucket that is open. */
export type Choice = ExportCategory | "open";

export interface Amount {
  buckets: number;
  files: number;
  bytes: number;
}

/** How much would go along. */
export function amountOf(choice: Choice, buckets: readonly Bucket[], open: Bucket | null): Amount {
  const taken = buckets.filter((bucket) =>
    choice === "open" ? bucket.id === open?.id : choice === "all" || bucket.category === choice,
  );
  return {
    buckets: taken.length,
    files: taken.reduce((all, { fileCount }) => all + fileCount, 0),
    bytes: taken.reduce((all, { byteCount }) => all + byteCount, 0),
  };
}

export function requestOf(choice: Choice, open: Bucket | null): ExportRequest {
  if (choice !== "open") return { category: choice };
  return { buckets: open ? [open.id] : [] };
}
