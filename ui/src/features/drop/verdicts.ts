/** What the panel over a drag shows: the engine's verdicts in three groups, shortened to what a person can take in. */
import type { Preflight, PreflightEntry, Verdict } from "../../bindings/wire";

/** The summary line and each group, in order: choose, refused, ready. */
export interface Panel {
  ready: { files: number; bytes: number };
  choose: number;
  refused: number;
  groups: Group[];
}

export interface Group {
  kind: "choose" | "refused" | "ready";
  lines: Line[];
  /** Files of the group beyond those lines. */
  more: number;
}

export type Line = { kind: "file"; verdict: Verdict } | { kind: "folder"; entry: PreflightEntry };

/** Lines for the first two groups at most. They matter more than what is ready, so they get their share first. */
const SHARE = 3;

/** `lines` is how many lines there is room for; at least one is kept for each group that has any. */
export function panelOf(preflight: Preflight, lines: number): Panel {
  const { choose, refused } = preflight;
  const groups: Group[] = [];
  const share = Math.max(1, Math.min(SHARE, Math.floor(lines / 3)));
  const first = cap(choose, share, preflight.chooseFiles);
  const second = cap(refused, share, preflight.refusedFiles);
  if (first.lines.length > 0) groups.push({ kind: "choose", ...first });
  if (second.lines.length > 0) groups.push({ kind: "refused", ...second });
  const ready = readyLines(preflight.entries);
  const shown = ready.slice(0, Math.max(1, lines - first.lines.length - second.lines.length));
  if (shown.length > 0) {
    const files = shown.reduce((sum, line) => sum + (line.kind === "file" ? 1 : line.entry.ready), 0);
    groups.push({ kind: "ready", lines: shown, more: Math.max(0, preflight.readyFiles - files) });
  }
  return {
    ready: { files: preflight.readyFiles, bytes: preflight.readyBytes },
    choose: preflight.chooseFiles,
    refused: preflight.refusedFiles,
    groups,
  };
}

function cap(verdicts: Verdict[], most: number, all: number): { lines: Line[]; more: number } {
  const lines = verdicts.slice(0, most).map((verdict): Line => ({ kind: "file", verdict }));
  return { lines, more: all - lines.length };
}

/** Files that are ready, and folders in which anything is. */
function readyLines(entries: PreflightEntry[]): Line[] {
  return entries.flatMap((entry): Line[] => {
    if (!entry.verdict) return entry.ready > 0 ? [{ kind: "folder", entry }] : [];
    const ready = entry.verdict.kind === "ready" || entry.verdict.kind === "replaces";
    return ready ? [{ kind: "file", verdict: entry.verdict }] : [];
  });
}
