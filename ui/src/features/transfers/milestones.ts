/** When progress is worth saying aloud: at the start, half-way and at the end, each once. */
import type { Transfer } from "../../bindings/wire";

export type Milestone = "start" | "half" | "end";

/** The milestone that lies between two reports of a transfer, if any. */
export function milestone(before: Transfer | null, now: Transfer): Milestone | null {
  if (now.state === "done") return before?.state === "done" ? null : "end";
  if (now.state !== "copying") return null;
  if (before?.state !== "copying" && before?.state !== "finishing") return "start";
  return !past(before) && past(now) ? "half" : null;
}

function past(transfer: Transfer): boolean {
  return transfer.bytesTotal > 0 && transfer.bytesDone * 2 >= transfer.bytesTotal;
}
