import { expect, it } from "vitest";
import { addressOf, previewKind } from "./preview";

it.each([
  ["image/jpeg", "picture"],
  ["IMAGE/PNG; x=y", "picture"],
  ["image/svg+xml", "none"],
  ["image/tiff", "none"],
  ["video/mp4", "video"],
  ["audio/ogg", "audio"],
  ["text/html", "none"],
])("%s is previewed as %s", (type, kind) => expect(previewKind(type)).toBe(kind));

it("gives replaced content another address, though the link stays", () => {
  const at = (hash: string) => addressOf("http://127.0.0.1:7245", { path: "files/bucket/b1/t/a.png", hash });
  expect(at("aaaaaaaaaaaaaaaa")).toBe("http://127.0.0.1:7245/files/bucket/b1/t/a.png#aaaaaaaaaaaa");
  expect(at("aaaaaaaaaaaaaaaa")).not.toBe(at("bbbbbbbbbbbbbbbb"));
});

it("has no address without a server", () => expect(addressOf(null, { path: "p", hash: "h" })).toBeNull());
