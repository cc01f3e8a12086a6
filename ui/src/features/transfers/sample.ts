/** Transfers for the tests of this feature. */
import type { Failure, Ingested, ObjectInfo, Transfer } from "../../bindings/wire";

export function sampleTransfer(more: Partial<Transfer> = {}): Transfer {
  return {
    id: "t1",
    bucket: "b1",
    state: "copying",
    name: "film.mov",
    filesDone: 0,
    filesTotal: 1,
    bytesDone: 0,
    bytesTotal: 1000,
    rate: 100,
    active: [],
    failed: 0,
    ...more,
  };
}

export function sampleFailure(name: string, code: Failure["code"], into = ""): Failure {
  return { path: `/home/mara/${name}`, into, name, code, reason: "It was refused.", advice: "Do this.", size: 10 };
}

export function sampleIngested(more: Partial<Ingested> = {}): Ingested {
  return {
    transfer: sampleTransfer({ state: "done" }),
    objects: [],
    added: 0,
    replaced: 0,
    skipped: 0,
    failures: [],
    ...more,
  };
}

export function sampleArrival(id: string, version: number, modified: number): ObjectInfo {
  return {
    id,
    bucket: "b1",
    key: id,
    folder: "",
    name: id,
    originalName: id,
    size: 10,
    mediaType: "text/plain",
    hash: "00",
    version,
    versions: version,
    created: 0,
    modified,
    by: "Mara",
    uploader: "Mara",
    visibility: null,
    metadata: "{}",
    expires: null,
    path: `files/bucket/b1/token/${id}`,
    deleted: null,
    editing: false,
  };
}
