/** The lines of the menu on rows, by what is selected. */
import ExternalLink from "@lucide/svelte/icons/external-link";
import Download from "@lucide/svelte/icons/download";
import FolderInput from "@lucide/svelte/icons/folder-input";
import FolderOpen from "@lucide/svelte/icons/folder-open";
import Globe from "@lucide/svelte/icons/globe";
import Link from "@lucide/svelte/icons/link";
import Share2 from "@lucide/svelte/icons/share-2";
import Pencil from "@lucide/svelte/icons/pencil";
import PencilOff from "@lucide/svelte/icons/pencil-off";
import TextCursorInput from "@lucide/svelte/icons/text-cursor-input";
import Trash2 from "@lucide/svelte/icons/trash-2";
import { host } from "../../app/host";
import type { MenuItem } from "../../components/types";
import { words } from "../../i18n";
import type { FileList } from "./list.svelte";
import type { Selected } from "./selected.svelte";

export function rowMenu(list: FileList, acts: Selected): MenuItem[] {
  const { files: say } = words;
  const { keys } = say;
  const remove: MenuItem = {
    label: say.delete,
    icon: Trash2,
    keys: keys.delete,
    danger: true,
    run: () => acts.remove(),
  };
  const move: MenuItem = { label: say.move, icon: FolderInput, keys: keys.move, run: () => acts.move() };
  const only = list.only;
  if (only?.kind === "folder") {
    return [
      { label: say.open, icon: FolderOpen, keys: keys.open, run: () => acts.open() },
      "line",
      move,
      "line",
      remove,
    ];
  }
  const saveAs: MenuItem = { label: say.saveAs, icon: Download, keys: keys.saveAs, run: () => acts.saveAs() };
  if (!only) {
    const links: MenuItem = { label: say.copyLinks, icon: Link, keys: keys.copyLink, run: () => acts.copyLinks() };
    return [links, "line", move, saveAs, "line", remove];
  }
  const { editing } = only.object;
  const edit: MenuItem = {
    label: editing ? say.finishEditing : say.edit,
    icon: editing ? PencilOff : Pencil,
    keys: keys.edit,
    run: () => acts.edit(),
  };
  return [
    { label: say.open, icon: ExternalLink, keys: keys.open, run: () => acts.open() },
    ...(host().local ? [edit] : []),
    { label: say.copyLink, icon: Link, keys: keys.copyLink, run: () => acts.copyLinks() },
    { label: words.share.share, icon: Share2, keys: keys.share, run: () => acts.share() },
    { label: say.openLink, icon: Globe, run: () => acts.openLink() },
    "line",
    { label: say.rename, icon: TextCursorInput, keys: keys.rename, run: () => acts.rename() },
    move,
    saveAs,
    "line",
    remove,
  ];
}

/** What the inspector does not show as buttons of its own. */
export function moreMenu(acts: Selected): MenuItem[] {
  const { files: say } = words;
  const { keys } = say;
  return [
    { label: say.rename, icon: TextCursorInput, keys: keys.rename, run: () => acts.rename() },
    { label: say.move, icon: FolderInput, keys: keys.move, run: () => acts.move() },
    { label: say.saveAs, icon: Download, keys: keys.saveAs, run: () => acts.saveAs() },
    "line",
    { label: say.delete, icon: Trash2, keys: keys.delete, danger: true, run: () => acts.remove() },
  ];
}
