/** What a person decided about names that meet, and the second ingest that carries it out. */
import type { Decision, IngestSource, Verdict } from "../../bindings/wire";

/** Decisions by path; a path without one waits. */
export type Choices = ReadonlyMap<string, Decision>;

export function choose(choices: Choices, path: string, decision: Decision): Choices {
  return new Map(choices).set(path, decision);
}

export function chooseAll(verdicts: readonly Verdict[], decision: Decision): Choices {
  return new Map(verdicts.map((verdict) => [verdict.path, decision]));
}

/** How many files still wait for a decision. */
export function undecided(verdicts: readonly Verdict[], choices: Choices): number {
  return verdicts.filter((verdict) => !choices.has(verdict.path)).length;
}

/** What every file got, if all got the same. */
export function common(verdicts: readonly Verdict[], choices: Choices): Decision | null {
  const decisions = new Set(verdicts.map((verdict) => choices.get(verdict.path)));
  const [only] = decisions;
  return decisions.size === 1 && only ? only : null;
}

/** Sources of the second ingest. A skipped file goes with it, so that the count of what was left out is the engine's. */
export function sourcesOf(verdicts: readonly Verdict[], choices: Choices): IngestSource[] {
  return verdicts.flatMap((verdict): IngestSource[] => {
    const decision = choices.get(verdict.path);
    if (!decision) return [];
    return [{ path: verdict.path, decision, ...(verdict.into === "" ? {} : { into: verdict.into }) }];
  });
}

/** The name a key ends in. */
export function lastOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
