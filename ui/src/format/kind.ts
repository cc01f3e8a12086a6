/** What sort of file it is, by media type first and by name where the type says little. */

export type FileKind =
  "image" | "video" | "audio" | "pdf" | "text" | "sheet" | "archive" | "code" | "json" | "font" | "program" | "other";

const byExtension: [FileKind, string][] = [
  ["pdf", "pdf"],
  ["sheet", "csv tsv xls xlsx ods numbers"],
  ["archive", "zip gz tgz bz2 xz zst tar 7z rar jar dmg iso"],
  ["json", "json jsonl ndjson geojson"],
  [
    "code",
    "js mjs ts tsx jsx py rs go c h cc cpp hpp java kt swift rb php sh bash zsh fish pl lua sql html htm css scss xml yml yaml toml ini conf svelte vue cs zig",
  ],
  ["font", "ttf otf woff woff2"],
  ["program", "exe msi app deb rpm appimage apk"],
  ["image", "png jpg jpeg gif webp avif svg heic tif tiff bmp ico psd"],
  ["video", "mp4 mov mkv webm avi m4v"],
  ["audio", "mp3 wav flac ogg m4a aac opus"],
  ["text", "txt md rst log srt vtt doc docx odt rtf pages tex epub"],
];
const extensions = new Map(byExtension.flatMap(([kind, list]) => list.split(" ").map((ext) => [ext, kind] as const)));

/** Decides the sort of a file. */
export function fileKind(mediaType: string, name: string): FileKind {
  const type = mediaType.split(";", 1)[0]!.trim().toLowerCase();
  const top = type.split("/", 1)[0];
  if (top === "image" || top === "video" || top === "audio" || top === "font") return top;
  if (type === "application/pdf") return "pdf";
  if (type === "application/json" || type.endsWith("+json")) return "json";
  const extension = /\.([^.]+)$/.exec(name.toLowerCase())?.[1];
  const named = extension === undefined ? undefined : extensions.get(extension);
  if (named !== undefined) return named;
  if (/zip|compressed|x-tar|gzip|x-xz|zstd/.test(type)) return "archive";
  if (/spreadsheet|excel|csv/.test(type)) return "sheet";
  if (/executable|msdownload|x-elf|sharedlib/.test(type)) return "program";
  return top === "text" ? "text" : "other";
}
