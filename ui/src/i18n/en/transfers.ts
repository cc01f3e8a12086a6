/** Words of the strip of transfers, and of what came of them. */
import { count, plural } from "../../format";

const fileCount = (n: number): string => plural(n, { one: "1 file", other: "# files" });

export const transfers = {
  region: "Transfers",
  none: "No transfers under way",
  running: (n: number): string => plural(n, { one: "1 transfer", other: "# transfers" }),
  inAll: (rate: string): string => `${rate} in all`,
  to: (title: string): string => `to ${title}`,
  show: "Show transfers",
  hide: "Hide transfers",
  cancel: (name: string): string => `Cancel ${name}`,
  cancelAll: "Cancel all",
  /** 412 of 912 MB: the unit once, where both have the same. */
  bytes: (done: number, total: number, size: (bytes: number) => string): string => {
    const [whole, part] = [size(total), size(done)];
    const unit = whole.slice(whole.lastIndexOf(" "));
    return `${part.endsWith(unit) ? part.slice(0, -unit.length) : part} of ${whole}`;
  },
  files: (done: number, total: number): string => `${count(done)} of ${fileCount(total)}`,
  looking: "Looking",
  finishing: "Making it durable",
  progress: "All transfers",
  announce: {
    start: (name: string): string => `${name}: started`,
    half: (name: string): string => `${name}: half done`,
    end: (name: string): string => `${name}: done`,
  },
  batch: (name: string, files: number): string => (files > 1 ? fileCount(files) : name),
  batchOf: (name: string, files: number): string => `${name} and ${count(files - 1)} more`,
  added: (files: number): string => `${fileCount(files)} added`,
  addedOne: (name: string): string => `${name} added`,
  replacedOne: (name: string, version: number): string => `${name} is now version ${version}`,
  addedAndReplaced: (added: number, replaced: number): string =>
    `${fileCount(added)} added, ${count(replaced)} replaced`,
  replaced: (files: number): string => `${fileCount(files)} replaced`,
  cancelled: (arrived: number, asked: number): string => `Cancelled. ${count(arrived)} of ${fileCount(asked)} added`,
  result: {
    title: (arrived: number, asked: number): string => `${count(arrived)} of ${fileCount(asked)} added`,
    retry: (n: number): string => `Retry ${count(n)}`,
    replace: (n: number): string => `Replace ${count(n)}`,
    keepBoth: (n: number): string => `Keep both of ${count(n)}`,
    /** The engine's sentences end with or without a full stop; here they stand on lines. */
    reason: (reason: string): string => reason.replace(/\.$/, ""),
    why: (reason: string, advice: string): string => `${reason.replace(/\.$/, "")}. ${advice}`,
    close: "Close the list of files not added",
    list: "Files not added",
    more: (n: number): string => `and ${count(n)} more`,
  },
  closing: {
    title: "Stop the transfers and close?",
    text: (n: number): string =>
      `${plural(n, { one: "1 transfer is", other: "# transfers are" })} under way. Files that are in stay; the others are not added.`,
    close: "Stop and close",
    stay: "Keep open",
  },
  saveRefused: "A save was not taken in",
  notStarted: "The files could not be added",
};
