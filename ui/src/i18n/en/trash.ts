/** Words of the Trash page. */
import { count, plural } from "../../format";

const files = (n: number) => plural(n, { one: "1 file", other: "# files" });
const buckets = (n: number) => plural(n, { one: "1 bucket", other: "# buckets" });

/** "2 buckets and 12 files", "12 files". */
function both(b: number, f: number): string {
  return [b > 0 ? buckets(b) : "", f > 0 ? files(f) : ""].filter(Boolean).join(" and ");
}

export const trash = {
  heading: "Trash",
  summary: (b: number, f: number, size: string) => `${both(b, f)} · ${size}`,
  empty: "The trash is empty",
  emptyText: "What you delete waits here until you delete it for good.",
  items: both,
  emptyTrash: "Empty trash",
  list: "Deleted buckets and files",
  name: "Name",
  size: "Size",
  deleted: "Deleted",
  from: "From",
  bucketWith: (n: number) => `Bucket with ${files(n)}`,
  showing: (n: number, of: number) => `Showing ${count(n)} of ${count(of)}`,
  showMore: "Show more",
  restore: "Restore",
  restoreNamed: (name: string) => `Restore ${name}`,
  deleteForGood: "Delete for good",
  deleteForGoodNamed: (name: string) => `Delete ${name} for good`,
  restored: (name: string) => `${name} restored`,
  gone: (what: string) => `${what} deleted for good`,
  askOneFile: (name: string) => `Delete ${name} for good?`,
  askOneFileText: "The file and its earlier versions go, and its link stops working. This cannot be undone.",
  askBucket: (title: string) => `Delete ${title} for good?`,
  askBucketText: (n: number, size: string) =>
    n === 0
      ? "The bucket and its data go. This cannot be undone."
      : `The bucket goes with its data and ${files(n)}, ${size}. Their links stop working. This cannot be undone.`,
  askAll: (b: number, f: number) => `Delete ${both(b, f)} for good?`,
  askAllText: (size: string) => `Everything in the trash goes, ${size}. This cannot be undone.`,
  deleteAll: (b: number, f: number) => `Delete ${both(b, f)} for good`,
  keep: "Keep",
  trouble: "The trash could not be read",
};
