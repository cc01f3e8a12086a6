/**
 * The way in for files, between features that do not know each other: whoever has paths hands them over here, the drop
 * feature looks at them and lets the person choose, the transfers feature brings them in.
 */
import type { IngestRequest, Ingested } from "../bindings/wire";

export interface Intake {
  bucket: string;
  /** Normalised path of the folder within the bucket; empty is the top. */
  folder: string;
  paths: string[];
}

type Looker = (intake: Intake) => Promise<void>;
type Bringer = (request: IngestRequest) => Promise<Ingested>;

let looker: Looker | null = null;
let bringer: Bringer | null = null;

/** The drop feature takes what `bringIn` gets. Returns the way to stop. */
export function onBringIn(next: Looker): () => void {
  looker = next;
  return () => {
    if (looker === next) looker = null;
  };
}

/** The transfers feature takes what `startTransfer` gets. Returns the way to stop. */
export function onStartTransfer(next: Bringer): () => void {
  bringer = next;
  return () => {
    if (bringer === next) bringer = null;
  };
}

/** Looks at the paths, asks about the ones that need it, and brings the rest in at once. */
export async function bringIn(intake: Intake): Promise<void> {
  if (looker === null) throw new Error("nothing takes files yet");
  await looker(intake);
}

/** Brings files in, with progress in the strip of transfers. */
export async function startTransfer(request: IngestRequest): Promise<Ingested> {
  if (bringer === null) throw new Error("nothing takes transfers yet");
  return bringer(request);
}

/** What a drag of files is over, so that a bucket row or a folder row can show itself as the target. */
class DropTarget {
  /** Id of the bucket whose row in the sidebar is meant, or null. Rows carry `data-bucket`. */
  bucket = $state<string | null>(null);
  /** Path of the folder whose row in the list is meant, or null. Rows carry `data-folder`. */
  folder = $state<string | null>(null);
}

export const dropTarget = new DropTarget();
