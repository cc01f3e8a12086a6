/** Verdicts for the tests of this feature. */
import type { Preflight, PreflightEntry, Verdict, VerdictKind } from "../../bindings/wire";

export function sampleVerdict(name: string, kind: VerdictKind = "ready", more: Partial<Verdict> = {}): Verdict {
  return {
    path: `/home/mara/${name}`,
    into: "",
    originalName: name,
    key: name.toLowerCase(),
    size: 100,
    mediaType: "text/plain",
    kind,
    version: null,
    meets: null,
    code: null,
    reason: null,
    advice: null,
    ...more,
  };
}

export function sampleEntry(verdict: Verdict): PreflightEntry {
  const is = (...kinds: VerdictKind[]): number => (kinds.includes(verdict.kind) ? 1 : 0);
  return {
    path: verdict.path,
    name: verdict.originalName,
    verdict,
    key: "",
    files: 1,
    folders: 0,
    bytes: verdict.size,
    ready: is("ready", "replaces"),
    choose: is("meets"),
    refused: is("refused"),
  };
}

export function samplePreflight(verdicts: Verdict[], folders: PreflightEntry[] = []): Preflight {
  const entries = [...verdicts.map(sampleEntry), ...folders];
  const sum = (of: (entry: PreflightEntry) => number): number => entries.reduce((all, entry) => all + of(entry), 0);
  return {
    entries,
    choose: verdicts.filter((verdict) => verdict.kind === "meets"),
    refused: verdicts.filter((verdict) => verdict.kind === "refused"),
    readyFiles: sum((entry) => entry.ready),
    readyBytes: sum((entry) => (entry.ready ? entry.bytes : 0)),
    chooseFiles: sum((entry) => entry.choose),
    refusedFiles: sum((entry) => entry.refused),
  };
}
