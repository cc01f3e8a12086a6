import { expect, it } from "vitest";
import { typeName } from "./typeName";

it.each([
  ["image/jpeg", "mug.jpg", "JPEG image"],
  ["image/svg+xml", "logo.svg", "SVG image"],
  ["video/mp4", "film.mp4", "MP4 video"],
  ["application/pdf", "lookbook.pdf", "PDF document"],
  ["application/zip", "fonts.zip", "ZIP archive"],
  ["application/json", "colours.json", "JSON"],
  ["text/plain", "README", "Text"],
  ["application/octet-stream", "blob", "File"],
])("%s in %s is called %s", (mediaType, name, words) => expect(typeName(mediaType, name)).toBe(words));
