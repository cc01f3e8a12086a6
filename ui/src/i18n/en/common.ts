/** Words used in many places. */
import { count, plural } from "../../format";

export const common = {
  cancel: "Cancel",
  close: "Close",
  undo: "Undo",
  more: "More",
  tryAgain: "Try again",
  showDetails: "Show details",
  hideDetails: "Hide details",
  files: (n: number) => plural(n, { one: "1 file", other: "# files" }),
  filesAndSize: (n: number, size: string) => `${plural(n, { one: "1 file", other: "# files" })} · ${size}`,
  buckets: (n: number) => plural(n, { one: "1 bucket", other: "# buckets" }),
  selected: (n: number) => `${count(n)} selected`,
};
