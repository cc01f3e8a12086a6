/** The acts as the keys, the menu and the inspector call them: on whatever is selected. */
import type { ObjectInfo } from "../../bindings/wire";
import { host } from "../../app/host";
import { notify } from "../../app/notices.svelte";
import { words } from "../../i18n";
import * as acts from "./acts";
import type { FileList } from "./list.svelte";
import { permalinkOf } from "./permalinks";
import { rowName, type Row } from "./rows";

/** More windows than that are hardly wanted at once. */
const MANY = 10;

export class Selected {
  /** Rows for which the dialog that chooses a folder is open. */
  moving = $state.raw<readonly Row[] | null>(null);

  /** The file whose links are being made. */
  sharing = $state.raw<ObjectInfo | null>(null);

  constructor(private readonly list: FileList) {}

  /** The only selected file; null if there is none, more, or a folder. */
  get file(): ObjectInfo | null {
    const row = this.list.only;
    return row?.kind === "file" ? row.object : null;
  }

  async open(): Promise<void> {
    const row = this.list.only;
    if (row) await this.openRow(row);
    else if (this.list.selected.rows > MANY) notify({ text: words.files.openFewer(MANY) });
    else for (const file of await this.#files()) await acts.openFile(file);
  }

  async openRow(row: Row): Promise<void> {
    if (row.kind === "folder") this.list.enter({ path: row.folder.path, name: rowName(row) });
    else await acts.openFile(row.object);
  }

  async edit(): Promise<void> {
    if (this.file && host().local) await (this.file.editing ? acts.finishEditing(this.file) : acts.editFile(this.file));
  }

  async copyLinks(): Promise<void> {
    const files = await this.#files();
    if (files.length > 0) await this.link(files);
  }

  /** Copies the links of these files; where a file's own link is not enough, says so and offers another. */
  async link(files: readonly ObjectInfo[]): Promise<void> {
    const needs = permalinkOf(this.list.bucket);
    if (needs === "open") return void (await acts.copyLinks(files));
    const [only] = files.length === 1 ? files : [];
    const action = only && { label: words.share.makeSigned, run: () => (this.sharing = only) };
    notify({ text: words.share.notCopied[needs], action });
  }

  share(): void {
    this.sharing = this.file;
  }

  async openLink(): Promise<void> {
    if (this.file) await acts.openLink(this.file);
  }

  async saveAs(): Promise<void> {
    const files = await this.#files();
    if (files.length > 0) await acts.saveAs(this.list.bucket, files);
  }

  rename(): void {
    const row = this.list.only;
    if (row?.kind === "file") this.list.rename(row.key);
  }

  async move(): Promise<void> {
    const rows = await this.list.chosen();
    if (rows.length > 0) this.moving = rows;
  }

  async remove(): Promise<void> {
    const rows = await this.list.chosen();
    if (rows.length > 0 && (await acts.remove(this.list.bucket, rows))) this.list.deselect();
  }

  async #files(): Promise<ObjectInfo[]> {
    return (await this.list.chosen()).filter(acts.isFile).map((row) => row.object);
  }
}
