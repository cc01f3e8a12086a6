/** A row of the list: a file, or a folder that has something in it. Rows are told apart by a key that outlives a reload. */
import type { FolderInfo, ObjectInfo } from "../../bindings/wire";

export type FileRow = { kind: "file"; key: string; object: ObjectInfo };
export type FolderRow = { kind: "folder"; key: string; folder: FolderInfo };
export type Row = FileRow | FolderRow;

export function fileRow(object: ObjectInfo): FileRow {
  return { kind: "file", key: `o:${object.id}`, object };
}

export function folderRow(folder: FolderInfo): FolderRow {
  return { kind: "folder", key: `f:${folder.path}`, folder };
}

/** The name a person knows the row by. */
export function rowName(row: Row): string {
  return row.kind === "file" ? row.object.originalName : row.folder.originalName;
}

/** How many files a row stands for. */
export function rowFiles(row: Row): number {
  return row.kind === "file" ? 1 : row.folder.fileCount;
}

/** How many bytes a row stands for. */
export function rowBytes(row: Row): number {
  return row.kind === "file" ? row.object.size : row.folder.byteCount;
}
