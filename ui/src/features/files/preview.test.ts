import { expect, it } from "vitest";
import { addressOf, previewKind, thumbOf } from "./preview";
import { sampleObject } from "./sample";

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
  const at = (hash: string) => addressOf("http://127.0.0.1:7245", { hash }, "files/bucket/b1/t/a.png");
  expect(at("aaaaaaaaaaaaaaaa")).toBe("http://127.0.0.1:7245/files/bucket/b1/t/a.png#aaaaaaaaaaaa");
  expect(at("aaaaaaaaaaaaaaaa")).not.toBe(at("bbbbbbbbbbbbbbbb"));
});

it("has no address without a server", () => expect(addressOf(null, { hash: "h" }, "p")).toBeNull());

it.each([
  ["of a photograph", {}, "http://127.0.0.1:7245/thumbs/b1/token/3?side=64"],
  ["of an SVG", { mediaType: "image/svg+xml" }, null],
  ["of what is too large to be read", { size: 65 * 2 ** 20 }, null],
  ["of a text", { mediaType: "text/plain" }, null],
])("the small picture %s", (_, more, address) => {
  const object = sampleObject("mug", { mediaType: "image/jpeg", version: 3, ...more });
  expect(thumbOf("http://127.0.0.1:7245/", object, object.path, 64)).toBe(address);
  expect(thumbOf(null, object, object.path, 64)).toBeNull();
});

it("of a file shown by a signed link, the small picture has the signature", () => {
  const object = sampleObject("mug", { mediaType: "image/jpeg", version: 3 });
  expect(thumbOf("http://127.0.0.1:7245", object, "files/bucket/b1/mug/mug.jpg?v=1&signature=x", 640)).toBe(
    "http://127.0.0.1:7245/thumbs/b1/mug/3?side=640&v=1&signature=x",
  );
});
