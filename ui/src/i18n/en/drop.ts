/** Words of the panel over a drag and of the choices after it. */
import { count, plural } from "../../format";

const fileCount = (n: number): string => plural(n, { one: "1 file", other: "# files" });

export const drop = {
  dropTo: (title: string): string => `Drop to add to ${title}`,
  /** A browser tells what files are only then. */
  afterwards: "What comes in shows once you let go",
  dropToFolder: (folder: string, title: string): string => `Drop to add to ${folder} in ${title}`,
  looking: "Looking at the files",
  ready: (files: number, bytes: string): string => `${fileCount(files)} ready, ${bytes}`,
  choose: (files: number): string => `${count(files)} to choose after the drop`,
  refused: (files: number): string => `${count(files)} refused`,
  holdOver: "Hold over another bucket to add there",
  groups: { choose: "Choose after the drop", refused: "Refused", ready: "Ready" },
  more: (files: number): string => `and ${count(files)} more`,
  storedAs: "Stored as",
  storedUnder: "Stored under",
  unchanged: "Name unchanged",
  staysThere: "Stays where it is",
  /** A line has no full stop, whatever the sentence had. */
  reason: (reason: string): string => reason.replace(/\.$/, ""),
  isReady: "Ready",
  becomes: (version: number): string => `Becomes version ${version}, its link stays`,
  becomesOf: (version: number, name: string): string => `Becomes version ${version} of ${name}`,
  allReady: (files: number, folders: number): string =>
    folders > 0
      ? `${fileCount(files)} in ${plural(folders, { one: "1 folder", other: "# folders" })}, all ready`
      : `${fileCount(files)}, all ready`,
  partReady: (ready: number, files: number): string => `${count(ready)} of ${fileCount(files)} ready`,
  meets: (name: string): string => `Meets ${name}: both would be`,
  nothingToAdd: "There is nothing to add in what you chose",
  decide: { replace: "Replace", keep_both: "Keep both", skip: "Skip" },
  choices: {
    title: (n: number): string => plural(n, { one: "One name is taken", other: "# names are taken" }),
    text: "Replace keeps the link and makes a new version. Keep both adds a number to the name.",
    all: "All of them",
    rest: (n: number): string => `and ${count(n)} more, which get what you choose for all of them`,
    forFile: (name: string): string => `What to do with ${name}`,
    waiting: (n: number): string => plural(n, { one: "1 still to choose", other: "# still to choose" }),
    act: (n: number): string => plural(n, { one: "Add 1 file", other: "Add # files" }),
    skipAll: "Skip all",
    skipOnly: "Skip",
    leftOut: (n: number): string => `${fileCount(n)} left out`,
    again: "Choose again",
  },
  verdict: (ready: number, choose: number, refused: number): string =>
    [
      `${fileCount(ready)} ready`,
      ...(choose > 0 ? [`${count(choose)} to choose about`] : []),
      ...(refused > 0 ? [`${count(refused)} refused`] : []),
    ].join(", "),
};
