/** What a media type is called by people. */
import { fileKind, type FileKind } from "../../format";

const kinds: Record<FileKind, string> = {
  image: "image",
  video: "video",
  audio: "audio",
  pdf: "PDF document",
  text: "text",
  sheet: "sheet",
  archive: "archive",
  code: "code",
  json: "JSON",
  font: "font",
  program: "program",
  other: "file",
};

/** Kinds whose word alone says enough. */
const WHOLE: ReadonlySet<FileKind> = new Set<FileKind>(["pdf", "json"]);

/** “JPEG image”, “MP4 video”, “PDF document”: the kind, and before it the form where the name tells one. */
export function typeName(mediaType: string, name: string): string {
  const kind = fileKind(mediaType, name);
  const word = kinds[kind];
  if (WHOLE.has(kind)) return word;
  const form = formOf(mediaType, name);
  return form === "" ? word.charAt(0).toUpperCase() + word.slice(1) : `${form} ${word}`;
}

function formOf(mediaType: string, name: string): string {
  if (mediaType === "image/jpeg") return "JPEG";
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  return extension ? extension.toUpperCase() : "";
}
