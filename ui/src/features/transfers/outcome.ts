/** What became of an ingest, put together for the notice and the list of what did not come in. */
import type { ErrorCode, Failure, IngestRequest, IngestSource, Ingested, ObjectInfo } from "../../bindings/wire";

export interface Outcome {
  bucket: string;
  folder: string;
  /** Files that are now in the bucket because of it. */
  arrived: number;
  replaced: number;
  skipped: number;
  /** All files it was about, those the person left out or stopped not counted. */
  asked: number;
  failures: Failure[];
  cancelled: boolean;
}

export function outcomeOf(request: IngestRequest, ingested: Ingested): Outcome {
  const arrived = ingested.added + ingested.replaced;
  const failures = ingested.failures.filter((failure) => failure.code !== "cancelled");
  return {
    bucket: request.bucket,
    folder: request.folder ?? "",
    arrived,
    replaced: ingested.replaced,
    skipped: ingested.skipped,
    asked: arrived + failures.length,
    failures,
    cancelled: ingested.transfer.state === "cancelled",
  };
}

/** Refusals that will be the same again until the person changes a limit, a name or the file itself. */
const LASTING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "invalid_name",
  "type_not_allowed",
  "source_not_a_file",
  "directory_loop",
]);

/** Failures that trying again may mend. */
export function retryable(failures: readonly Failure[]): Failure[] {
  return failures.filter((failure) => !LASTING.has(failure.code));
}

/** The request that brings in just those again. */
export function retryRequest(outcome: Outcome, failures: readonly Failure[]): IngestRequest {
  const sources = failures.map(({ path, into }): IngestSource => (into === "" ? { path } : { path, into }));
  return { bucket: outcome.bucket, sources, ...(outcome.folder === "" ? {} : { folder: outcome.folder }) };
}

/** An outcome after those failures were tried again: what came in now counts, what did not stays listed. */
export function merge(before: Outcome, retried: readonly Failure[], again: Outcome): Outcome {
  const tried = new Set(retried.map((failure) => failure.path));
  return {
    ...before,
    arrived: before.arrived + again.arrived,
    replaced: before.replaced + again.replaced,
    skipped: before.skipped + again.skipped,
    failures: [...before.failures.filter((failure) => !tried.has(failure.path)), ...again.failures],
    cancelled: again.cancelled,
  };
}

/** What undoing an ingest does: new objects go to the trash, replaced ones get their former content back. */
export interface Reversal {
  remove: ObjectInfo[];
  revert: ObjectInfo[];
}

/** Null if not every object is known, because then only a part would be undone. */
export function reversal(ingested: Ingested, started: number): Reversal | null {
  if (ingested.objects.length < ingested.added + ingested.replaced) return null;
  // An object that already had the same content got no new version, so there is nothing to take back from it.
  const touched = ingested.objects.filter((object) => object.modified >= started);
  return {
    remove: touched.filter((object) => object.version === 1),
    revert: touched.filter((object) => object.version > 1),
  };
}
