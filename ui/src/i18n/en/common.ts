/** Words used in many places. */
import { plural } from "../../format";

export const common = {
  cancel: "Cancel",
  close: "Close",
  undo: "Undo",
  tryAgain: "Try again",
  showDetails: "Show details",
  hideDetails: "Hide details",
  done: "Done",
  copy: "Copy",
  copied: "Copied",
  notCopied: "You have not copied it. Close anyway, and you will have to make another one.",
  closeAnyway: "Close without copying",
  unitOf: (what: string) => `${what}, unit`,
  spanUnits: { minutes: "minutes", hours: "hours", days: "days" },
  filesAndSize: (n: number, size: string) => `${plural(n, { one: "1 file", other: "# files" })} · ${size}`,
};
