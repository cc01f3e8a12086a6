/** What a key means in the file list. Pure: a press in, an intent out. */

export type Intent =
  | { do: "move"; by: number | "page-up" | "page-down" | "start" | "end" }
  | {
      do:
        | "toggle"
        | "all"
        | "none"
        | "open"
        | "edit"
        | "copyLink"
        | "share"
        | "rename"
        | "move-to"
        | "saveAs"
        | "delete"
        | "up"
        | "menu";
    }
  | { do: "seek"; letter: string };

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const steps: Record<string, Intent> = {
  ArrowDown: { do: "move", by: 1 },
  ArrowUp: { do: "move", by: -1 },
  PageDown: { do: "move", by: "page-down" },
  PageUp: { do: "move", by: "page-up" },
  Home: { do: "move", by: "start" },
  End: { do: "move", by: "end" },
};

const withCtrl: Record<string, Intent> = {
  a: { do: "all" },
  e: { do: "edit" },
  m: { do: "move-to" },
  s: { do: "saveAs" },
  " ": { do: "toggle" },
};

const withCtrlShift: Record<string, Intent> = { c: { do: "copyLink" }, s: { do: "share" } };

const plain: Record<string, Intent> = {
  Enter: { do: "open" },
  F2: { do: "rename" },
  Delete: { do: "delete" },
  Escape: { do: "none" },
  Backspace: { do: "up" },
  ContextMenu: { do: "menu" },
};

export function intentOf(press: Press): Intent | null {
  const { key, shiftKey } = press;
  const ctrl = press.ctrlKey || press.metaKey;
  if (press.altKey) return key === "ArrowUp" ? { do: "up" } : null;
  if (key in steps) return steps[key] ?? null;
  if (ctrl) {
    if (shiftKey) return withCtrlShift[key.toLowerCase()] ?? null;
    return withCtrl[key.toLowerCase()] ?? null;
  }
  if (shiftKey && key === "F10") return { do: "menu" };
  if (key === " ") return { do: "toggle" };
  if (key in plain) return shiftKey ? null : (plain[key] ?? null);
  // The slash belongs to the search.
  return [...key].length === 1 && key !== "/" ? { do: "seek", letter: key } : null;
}
