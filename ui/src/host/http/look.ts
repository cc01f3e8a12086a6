/** The look at files before they are uploaded, as far as a browser can: what they are. The server judges them as they come. */
import type { Preflight, PreflightEntry, PreflightRequest, Verdict } from "../../bindings/wire";
import { joined, storedFolder, storedName } from "../../format/names";
import type { Sources } from "./sources";

export function look(sources: Sources, { paths, folder = "" }: PreflightRequest): Preflight {
  const entries = paths.map((path) => entry(sources, path, folder));
  const sum = (of: (entry: PreflightEntry) => number): number => entries.reduce((all, one) => all + of(one), 0);
  return {
    entries,
    ...{ choose: [], refused: [], chooseFiles: 0, refusedFiles: 0 },
    readyFiles: sum(({ ready }) => ready),
    readyBytes: sum(({ bytes }) => bytes),
  };
}

function entry(sources: Sources, path: string, folder: string): PreflightEntry {
  const found = sources.under(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const folders = new Set(found.map(({ into }) => into)).size;
  const [file] = sources.isFile(path) ? found : [];
  return {
    ...{ path, name, files: found.length, ready: found.length, choose: 0, refused: 0 },
    verdict: file ? verdict(path, folder, file.file) : null,
    key: file ? "" : joined(folder, storedFolder(name)),
    folders: file ? 0 : folders,
    bytes: found.reduce((all, { file }) => all + file.size, 0),
  };
}

function verdict(path: string, folder: string, file: File): Verdict {
  return {
    ...{ path, into: "", originalName: file.name, key: joined(folder, storedName(file.name)) },
    ...{ size: file.size, mediaType: file.type, kind: "ready" as const },
    ...{ version: null, meets: null, code: null, reason: null, advice: null },
  };
}
