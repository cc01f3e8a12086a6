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
  bytes: (done: string, total: string): string => `${done} of ${total}`,
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
  added: (files: number): string => `${fileCount(files)} added`,
  addedOne: (name: string): string => `${name} added`,
  replacedOne: (name: string, version: number): string => `${name} is now version ${version}`,
  addedAndReplaced: (added: number, replaced: number): string =>
    `${fileCount(added)} added, ${count(replaced)} replaced`,
  replaced: (files: number): string => `${fileCount(files)} replaced`,
  cancelled: (arrived: number, asked: number): string => `Cancelled. ${count(arrived)} of ${fileCount(asked)} added`,
  undoMoved: "Some of these files changed since. They were left as they are",
  result: {
    title: (arrived: number, asked: number): string => `${count(arrived)} of ${fileCount(asked)} added`,
    retry: (n: number): string => `Retry ${count(n)}`,
    choose: (n: number): string => `Choose for ${count(n)}`,
    close: "Close the list of files not added",
    list: "Files not added",
    more: (n: number): string => `and ${count(n)} more`,
  },
  notStarted: "The files could not be added",
};
