import { expect, it } from "vitest";
import { intentOf } from "./keyboard";

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

it.each([
  ["an arrow moves", { key: "ArrowDown" }, { do: "move", by: 1 }],
  ["also with Shift, which extends", { key: "ArrowUp", shiftKey: true }, { do: "move", by: -1 }],
  ["Page down", { key: "PageDown" }, { do: "move", by: "page-down" }],
  ["End", { key: "End", ctrlKey: true }, { do: "move", by: "end" }],
  ["Space toggles", { key: " " }, { do: "toggle" }],
  ["Ctrl+Space toggles", { key: " ", ctrlKey: true }, { do: "toggle" }],
  ["Ctrl+A takes all", { key: "a", ctrlKey: true }, { do: "all" }],
  ["and so does Command+A", { key: "a", metaKey: true }, { do: "all" }],
  ["Ctrl+Shift+C copies the link", { key: "C", ctrlKey: true, shiftKey: true }, { do: "copyLink" }],
  ["Ctrl+Shift+S shares", { key: "S", ctrlKey: true, shiftKey: true }, { do: "share" }],
  ["Ctrl+C is not ours", { key: "c", ctrlKey: true }, null],
  ["Ctrl+S saves as", { key: "s", ctrlKey: true }, { do: "saveAs" }],
  ["Shift+F10 is the menu", { key: "F10", shiftKey: true }, { do: "menu" }],
  ["F10 alone is not ours", { key: "F10" }, null],
  ["Alt+Up goes up a folder", { key: "ArrowUp", altKey: true }, { do: "up" }],
  ["a letter seeks", { key: "m" }, { do: "seek", letter: "m" }],
  ["a large letter too", { key: "M", shiftKey: true }, { do: "seek", letter: "M" }],
  ["the slash is the search's", { key: "/" }, null],
  ["Shift+Delete is nothing, as nothing is deleted for good here", { key: "Delete", shiftKey: true }, null],
  ["F6 goes between regions elsewhere", { key: "F6" }, null],
])("%s", (_, press, intent) => expect(intentOf({ ...none, ...press })).toEqual(intent));
