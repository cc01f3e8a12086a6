/** The engine's rules as far as the stand-in needs them: names, slugs, media types. */
import type { ApiError, ErrorCode, Limits } from "../../bindings/wire";
import { storedName } from "../../format/names";

/** Throws an error as a host rejects with it. */
export function refuse(code: ErrorCode, message: string, details: Record<string, string> = {}): never {
  const error: ApiError = { code, message, details };
  throw error;
}

/** The base name as it is stored. */
export function normalName(original: string): string {
  const name = storedName(original.split(/[\\/]/).at(-1) ?? "");
  if (name === "" || name === "." || name === "..") refuse("invalid_name", `“${original}” cannot be a file's name.`);
  return name;
}

export function normalFolder(path: string): string {
  return path.split("/").filter(Boolean).map(normalName).join("/");
}

/** `name-2.ext`, `name-3.ext`: the first that is free. */
export function freeKey(key: string, taken: (key: string) => boolean): string {
  if (!taken(key)) return key;
  const dot = key.lastIndexOf(".");
  const [stem, ext] = dot > key.lastIndexOf("/") + 1 ? [key.slice(0, dot), key.slice(dot)] : [key, ""];
  for (let n = 2; ; n++) if (!taken(`${stem}-${n}${ext}`)) return `${stem}-${n}${ext}`;
}

const pattern = /^(\*\/\*|[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*))$/;

export function checkTypes(types: string[]): void {
  for (const type of types)
    if (!pattern.test(type))
      refuse("invalid_type", `“${type}” is not a media type. Write image/png or image/*`, { type });
}

export function typeFits(types: string[], mediaType: string): boolean {
  if (types.length === 0) return true;
  return types.some(
    (type) => type === "*/*" || type === mediaType || (type.endsWith("/*") && mediaType.startsWith(type.slice(0, -1))),
  );
}

function stricter(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

export function effective(own: Limits, maxFileSize: number | null, maxFiles: number | null): Limits {
  return {
    ...own,
    fileSizeLimit: stricter(own.fileSizeLimit, maxFileSize),
    maxFiles: stricter(own.maxFiles, maxFiles),
  };
}

const types: Record<string, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  pdf: "application/pdf",
  json: "application/json",
  zip: "application/zip",
  mp4: "video/mp4",
  mov: "video/quicktime",
  srt: "application/x-subrip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  md: "text/markdown",
  txt: "text/plain",
  html: "text/html",
  wav: "audio/wav",
};

export function mediaTypeOf(name: string): string {
  return types[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
}
