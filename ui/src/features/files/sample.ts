/** Objects and folders for the tests of this feature. */
import type { FolderInfo, ObjectInfo } from "../../bindings/wire";

export function sampleObject(id: string, more: Partial<ObjectInfo> = {}): ObjectInfo {
  const name = `${id}.txt`;
  return {
    id,
    bucket: "b1",
    key: name,
    folder: "",
    name,
    originalName: name,
    size: 10,
    mediaType: "text/plain",
    hash: "9f2c41d8e0aa7707be",
    version: 1,
    versions: 1,
    created: 0,
    modified: 0,
    by: "Mara",
    uploader: "Mara",
    visibility: null,
    metadata: "{}",
    expires: null,
    path: `files/bucket/b1/token/${name}`,
    deleted: null,
    editing: false,
    ...more,
  };
}

export function sampleFolder(path: string, more: Partial<FolderInfo> = {}): FolderInfo {
  return { path, originalName: path, fileCount: 6, byteCount: 600, modified: 0, ...more };
}
