/** Which files can be shown in the window, and from where: the server of links on this computer, which serves ranges. */
import type { ObjectInfo } from "../../bindings/wire";

/** Raster images only: the server gives SVG as an attachment, as it may carry scripts. */
const pictures = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
  "image/avif",
  "image/bmp",
  "image/x-icon",
]);
/** Those the engine makes small pictures of, and up to how many bytes. */
const shrunk = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"]);
const SHRUNK_UP_TO = 64 * 2 ** 20;

export type PreviewKind = "picture" | "video" | "audio" | "none";

export function previewKind(mediaType: string): PreviewKind {
  const type = base(mediaType);
  if (pictures.has(type)) return "picture";
  if (type.startsWith("video/")) return "video";
  return type.startsWith("audio/") ? "audio" : "none";
}

/** Where the content is served by this link, or null if no server runs. The fragment makes the address of new content a new one. */
export function addressOf(server: string | null, object: Pick<ObjectInfo, "hash">, path: string): string | null {
  return server === null ? null : `${server.replace(/\/$/, "")}/${path}#${object.hash.slice(0, 12)}`;
}

/** Where a small picture of it is served, at most so many pixels wide and high; null if there is none. */
export function thumbOf(
  server: string | null,
  object: Pick<ObjectInfo, "bucket" | "size" | "mediaType" | "version">,
  path: string,
  side: 64 | 640,
): string | null {
  if (server === null || object.size > SHRUNK_UP_TO || !shrunk.has(base(object.mediaType))) return null;
  const [link = "", query] = path.split("?", 2) as [string, string?];
  const signature = query === undefined ? "" : `&${query}`;
  const token = link.split("/").at(-2);
  return `${server.replace(/\/$/, "")}/thumbs/${object.bucket}/${token}/${object.version}?side=${side}${signature}`;
}

function base(mediaType: string): string {
  return (mediaType.split(";", 1)[0] ?? "").trim().toLowerCase();
}
