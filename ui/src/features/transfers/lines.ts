/** What the strip shows of the transfers under way: a line for each file of a few, one line for a batch. */
import type { Transfer } from "../../bindings/wire";

/** A transfer of at most so many files shows them one by one. */
const FEW = 4;

export interface Line {
  key: string;
  transfer: string;
  bucket: string;
  /** The one file this line is about; a batch has none. */
  path: string | null;
  name: string;
  /** Of 0 to 1, or null while the engine is still looking. */
  share: number | null;
  bytesDone: number;
  bytesTotal: number;
  /** For a batch: files instead of bytes. */
  files: { done: number; total: number } | null;
  rate: number;
  state: Transfer["state"];
}

/** Whether it is still under way. */
export function isRunning(transfer: Transfer): boolean {
  return transfer.state === "looking" || transfer.state === "copying" || transfer.state === "finishing";
}

function shareOf(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}

export function linesOf(transfer: Transfer, rateOf: (path: string) => number): Line[] {
  const { id, bucket, state, active } = transfer;
  const base = { transfer: id, bucket, state };
  if (state === "copying" && transfer.filesTotal <= FEW && active.length > 0) {
    return active.map((file) => ({
      ...base,
      key: `${id} ${file.path}`,
      path: file.path,
      name: file.name,
      share: shareOf(file.bytesDone, file.bytesTotal),
      bytesDone: file.bytesDone,
      bytesTotal: file.bytesTotal,
      files: null,
      rate: active.length === 1 ? transfer.rate : rateOf(file.path),
    }));
  }
  const { name, bytesDone, bytesTotal, filesDone, filesTotal, rate } = transfer;
  const share = state === "looking" ? null : shareOf(bytesDone, bytesTotal);
  const files = filesTotal > 1 ? { done: filesDone, total: filesTotal } : null;
  return [{ ...base, key: id, path: null, name, share, bytesDone, bytesTotal, files, rate }];
}

/** All of them in one line, for the collapsed strip. */
export function summaryOf(transfers: readonly Transfer[]): { share: number; rate: number; secondsLeft: number | null } {
  const sum = (of: (transfer: Transfer) => number): number =>
    transfers.reduce((all, transfer) => all + of(transfer), 0);
  const [done, total, rate] = [sum((t) => t.bytesDone), sum((t) => t.bytesTotal), sum((t) => t.rate)];
  return { share: total === 0 ? 0 : shareOf(done, total), rate, secondsLeft: secondsLeft(total - done, rate) };
}

/** Seconds until the rest is there at this rate; null where nothing can be said. */
export function secondsLeft(bytes: number, rate: number): number | null {
  return rate > 0 && bytes > 0 ? bytes / rate : null;
}
