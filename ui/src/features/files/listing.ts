/**
 * The list of one place in a bucket, loaded by page as it comes into sight. Rows stay as they were until their newer
 * state has arrived, and everything in sight is asked for and replaced in one step, so nothing flickers or moves twice.
 */
import type { FolderInfo, ObjectInfo, ObjectPage } from "../../bindings/wire";
import { fileRow, folderRow, type Row } from "./rows";

/** Objects on a page of the cache. */
export const PAGE = 200;
/** The engine gives at most 1,000 objects at once. */
const MOST_PAGES = 1000 / PAGE;
/** Pages kept; those far from the view are dropped beyond it. */
const PAGES_KEPT = 60;

export type LoadPage = (offset: number, limit: number) => Promise<ObjectPage>;

/** Pages from the first up to, not including, the second. */
type Run = [number, number];

interface Held {
  objects: ObjectInfo[];
  generation: number;
}

export class Listing {
  folders: FolderInfo[] = [];
  /** Files that match, loaded or not; folders' contents are not among them. */
  total = 0;
  bytes = 0;
  /** Whether anything has arrived yet. */
  loaded = false;
  /** Why the last load gave nothing. */
  error: unknown = null;

  #pages = new Map<number, Held>();
  #generation = 0;
  #wanted: [number, number] = [0, 0];
  #busy = false;

  constructor(
    private readonly load: LoadPage,
    /** Called after each change; `anew` if rows that were there may now have another place. */
    private readonly changed: (anew: boolean) => void,
  ) {}

  /** Folders and files. */
  get count(): number {
    return this.folders.length + this.total;
  }

  rowAt(index: number): Row | null {
    if (index < 0) return null;
    const folder = this.folders[index];
    if (folder) return folderRow(folder);
    const offset = index - this.folders.length;
    const object = this.#pages.get(Math.floor(offset / PAGE))?.objects[offset % PAGE];
    return object ? fileRow(object) : null;
  }

  /** The place of a loaded row, or -1. */
  indexOf(key: string): number {
    const folder = this.folders.findIndex((entry) => `f:${entry.path}` === key);
    if (folder >= 0) return folder;
    if (!key.startsWith("o:")) return -1;
    const id = key.slice(2);
    for (const [page, held] of this.#pages) {
      const place = held.objects.findIndex((object) => object.id === id);
      if (place >= 0) return this.folders.length + page * PAGE + place;
    }
    return -1;
  }

  /** The rows from `first` up to `last` are in sight: load what is missing or old among them. */
  want(first: number, last: number): void {
    this.#wanted = [first, last];
    // After an error nothing is asked for until somebody wants it again.
    if (!this.#busy && this.error === null) void this.#run();
  }

  /** What is held may be old: everything in sight is loaded anew, the rest when it is wanted. */
  refresh(): void {
    this.#generation++;
    this.error = null;
    if (!this.#busy) void this.#run();
  }

  /** Loads every row from `first` to `last`, both included. */
  async ensure(first: number, last: number): Promise<void> {
    const [from, to] = this.#pageRange(first, last + 1);
    for (let page = from; page < to; page++) {
      if (this.#pages.has(page)) continue;
      let end = page + 1;
      while (end < to && !this.#pages.has(end) && end - page < MOST_PAGES) end++;
      await this.#fetch([[page, end]], false);
    }
  }

  /** Whether this row is certainly not in the list: only a list that is loaded and fresh throughout can tell. */
  isGone(key: string): boolean {
    const held = [...this.#pages.values()];
    const complete = held.length * PAGE >= this.total && held.every((page) => page.generation === this.#generation);
    return this.loaded && complete && this.indexOf(key) < 0;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      for (;;) {
        const missing = this.#missing();
        if (missing.length === 0) return;
        await this.#fetch(missing, true);
      }
    } catch (error) {
      this.error = error;
      this.changed(false);
    } finally {
      this.#busy = false;
    }
  }

  /** The pages in sight as one run, if any of them is missing or old; and the first page, which tells the folders. */
  #missing(): Run[] {
    const old = (page: number): boolean => this.#pages.get(page)?.generation !== this.#generation;
    let [first, end] = this.#pageRange(...this.#wanted);
    while (first < end && !old(first)) first++;
    while (end > first && !old(end - 1)) end--;
    const runs: Run[] = first < end ? [[first, Math.min(end, first + MOST_PAGES)]] : [];
    if (old(0) && runs[0]?.[0] !== 0) runs.push([0, 1]);
    return runs;
  }

  #pageRange(first: number, last: number): Run {
    const from = Math.max(0, first - this.folders.length);
    const to = Math.max(from, Math.min(this.loaded ? this.total : PAGE, last - this.folders.length));
    return [Math.floor(from / PAGE), Math.ceil(to / PAGE)];
  }

  async #fetch(runs: readonly Run[], evict: boolean): Promise<void> {
    const generation = this.#generation;
    const answers = await Promise.all(runs.map(([page, end]) => this.load(page * PAGE, (end - page) * PAGE)));
    const anew = this.loaded && runs.some(([page]) => (this.#pages.get(page)?.generation ?? generation) !== generation);
    answers.forEach((answer, i) => this.#keep(runs[i] as Run, answer, generation));
    for (const page of [...this.#pages.keys()]) if (page > 0 && page * PAGE >= this.total) this.#pages.delete(page);
    this.loaded = true;
    this.error = null;
    if (evict) this.#evict(runs[0]?.[0] ?? 0);
    this.changed(anew);
  }

  #keep([page, end]: Run, answer: ObjectPage, generation: number): void {
    for (let at = page; at < end; at++) {
      // An answer that was asked for later may have come first.
      if ((this.#pages.get(at)?.generation ?? -1) > generation) continue;
      this.#pages.set(at, { objects: answer.objects.slice((at - page) * PAGE, (at - page + 1) * PAGE), generation });
    }
    if (page === 0) this.folders = answer.folders;
    this.total = answer.total;
    this.bytes = answer.bytes;
  }

  #evict(near: number): void {
    const far = [...this.#pages.keys()]
      .filter((page) => page !== 0)
      .sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, Math.max(0, this.#pages.size - PAGES_KEPT))) this.#pages.delete(page);
  }
}
