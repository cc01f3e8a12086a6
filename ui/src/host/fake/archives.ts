/** Exports and imports of the stand-in: steps that a test lets go on, and what it says came of them. */
import type { ArchiveProgress, ExportRequest, ImportRequest } from "../../bindings/wire";
import type { Archives } from "../host";
import { makeBucket } from "./buckets";
import { refuse } from "./rules";
import type { Store } from "./store";

export interface ArchiveControls {
  /** What the next dialogs for files, folders and archives answer. */
  picks: string[];
  /** What was asked for, newest last. */
  archived: (ExportRequest | ImportRequest)[];
  /** The part, of 4, at which the work waits until it is told to stop; 0: nowhere. */
  archiveStops: number;
  /** Why the next one comes to nothing, if so. */
  archiveRefusal: string | null;
}

const PARTS = 4;
const STEP = 20;

export function fakeArchives(store: Store, controls: ArchiveControls): Archives {
  let stop = (): void => undefined;
  let stopped = false;

  async function work(whole: ArchiveProgress, progress: (far: ArchiveProgress) => void): Promise<void> {
    stopped = false;
    const told = new Promise<void>((resolve) => (stop = resolve));
    if (controls.archiveRefusal !== null) refuse("invalid_archive", controls.archiveRefusal);
    for (let part = 1; part <= PARTS; part++) {
      const files = Math.floor((whole.filesTotal * part) / PARTS);
      progress({ ...whole, files, bytes: Math.floor((whole.bytesTotal * part) / PARTS) });
      await (part === controls.archiveStops ? told : new Promise((resolve) => setTimeout(resolve, STEP)));
      if (stopped) refuse("cancelled", "Stopped as you said. Nothing of it stays.");
    }
  }

  return {
    async export(request, progress) {
      const [path] = controls.picks;
      if (path === undefined) return null;
      controls.archived.push(request);
      const buckets = [...store.buckets.values()].filter(
        ({ deleted, id, category }) =>
          deleted === null &&
          (request.buckets?.includes(id) ??
            (request.category === "all" || category === (request.category ?? "assets"))),
      );
      const files = buckets.reduce((all, { fileCount }) => all + fileCount, 0);
      const bytes = buckets.reduce((all, { byteCount }) => all + byteCount, 0);
      await work({ files: 0, filesTotal: files, bytes: 0, bytesTotal: bytes }, progress);
      return { path, buckets: buckets.length, files, bytes, size: bytes };
    },
    async import(request, progress) {
      if (controls.picks.length === 0) return null;
      controls.archived.push(request);
      await work({ files: 0, filesTotal: 2, bytes: 0, bytesTotal: 2000 }, progress);
      return { buckets: [makeBucket(store, { title: "Website assets" })], files: 2, bytes: 2000 };
    },
    async stop() {
      stopped = true;
      stop();
    },
  };
}
