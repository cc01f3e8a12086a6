/**
 * The state of one bucket's file list: which folder, in which order, filtered by what, what is loaded of it, what is
 * selected. It follows changes by whomever, and keeps what the person points at in its place meanwhile.
 */
import { tick } from "svelte";
import type { Event, ObjectListRequest, ObjectPage, ObjectSort } from "../../bindings/wire";
import { call } from "../../app/host";
import { onChanges } from "../../app/session.svelte";
import { Listing } from "./listing";
import { fileRow, folderRow, type Row } from "./rows";
import {
  clear,
  move,
  nothing,
  press,
  rangeTo,
  selectRows,
  settle,
  tally,
  type Keys,
  type Order,
  type Selection,
} from "./selection";
import { keepPlace, reveal, ROW, windowOf, type Viewport } from "./virtual";

export interface Crumb {
  path: string;
  name: string;
}

/** Skeleton rows come only after so many milliseconds; most answers are there before. */
const PATIENCE = 150;
/** Changes come in floods while files arrive; the list follows at this pace. */
const PACE = 200;

const LEAVES: ReadonlySet<Event["kind"]> = new Set<Event["kind"]>([
  "object_deleted",
  "object_purged",
  "object_expired",
]);

/** What happens in a bucket and changes none of its files. */
const ELSEWHERE = /^(data|link|webhook)_/;

export class FileList implements Order {
  /** The folders from the top to the one that is open. */
  trail = $state<Crumb[]>([]);
  sort = $state<ObjectSort>("name");
  descending = $state(false);
  text = $state("");
  /** The text the rows shown were found by; it follows `text`. */
  shownText = $state("");
  view = $state<Viewport>({ scrollTop: 0, height: 600 });
  selection = $state.raw<Selection>(nothing);
  /** Key of the row that is being renamed. */
  renaming = $state<string | null>(null);

  /** Set by the list on the screen: scrolls it. */
  scroll: (top: number) => void = () => undefined;
  /** Whether the rows get the focus when they come back to the screen. */
  focusComing = false;
  /** Key of the row under the pointer. */
  pointed: string | null = null;

  /** Before the first place is open there is a list that stays empty. */
  #listing = $state.raw(
    new Listing(
      () => new Promise(() => undefined),
      () => undefined,
    ),
  );
  #coming: Listing | null = null;
  /** Raised with each change of the listing, which is not reactive by itself. */
  #tick = $state(0);
  /** The row whose place is kept when rows come and go, and where it was last. */
  #anchor: { key: string; index: number } | null = null;
  #stop: () => void;
  #paced: ReturnType<typeof setTimeout> | null = null;
  #typed: ReturnType<typeof setTimeout> | null = null;

  constructor(readonly bucket: string) {
    this.#stop = onChanges((events) => this.#follow(events));
    this.#open();
  }

  get folder(): string {
    return this.trail.at(-1)?.path ?? "";
  }

  get loaded(): boolean {
    return this.#now.loaded;
  }

  get error(): unknown {
    return this.#now.error;
  }

  /** Rows: folders and files. */
  get count(): number {
    return this.#now.count;
  }

  /** All there is here: rows, files in and below, bytes. */
  get whole(): { rows: number; files: number; bytes: number } {
    const { folders, total, bytes, count } = this.#now;
    const below = folders.reduce(
      (sum, folder) => ({ files: sum.files + folder.fileCount, bytes: sum.bytes + folder.byteCount }),
      { files: 0, bytes: 0 },
    );
    return { rows: count, files: total + below.files, bytes: bytes + below.bytes };
  }

  get selected(): { rows: number; files: number; bytes: number } {
    return tally(this.selection, this.whole);
  }

  /** The only selected row, or null if there is none or more. */
  get only(): Row | null {
    if (this.selected.rows !== 1) return null;
    if (!this.selection.all) return [...this.selection.rows.values()][0] ?? null;
    for (let i = 0; i < this.count; i++) {
      const row = this.rowAt(i);
      if (row && !this.selection.rows.has(row.key)) return row;
    }
    return null;
  }

  rowAt(index: number): Row | null {
    return this.#now.rowAt(index);
  }

  get #now(): Listing {
    void this.#tick;
    return this.#listing;
  }

  /** Opens a folder that is shown. */
  enter(crumb: Crumb): void {
    this.trail = [...this.trail, crumb];
    this.#leaveSearch();
    this.#open();
  }

  /** Goes back to a folder of the trail; -1 is the top. */
  climb(to: number): void {
    this.trail = this.trail.slice(0, to + 1);
    this.#leaveSearch();
    this.#open();
  }

  /** Sorts by a column; the same once more turns it round. Sizes and dates begin with the largest and newest. */
  sortBy(sort: ObjectSort): void {
    if (this.sort === sort) this.descending = !this.descending;
    else [this.sort, this.descending] = [sort, sort === "size" || sort === "date"];
    this.#open();
  }

  /** Filters by a text, over the whole bucket; an empty text ends it. */
  search(text: string, wait = 120): void {
    this.text = text;
    if (this.#typed) clearTimeout(this.#typed);
    this.#typed = setTimeout(() => this.#open(), wait);
  }

  again(): void {
    this.#listing.refresh();
    this.#listing.want(...this.#inSight());
  }

  close(): void {
    this.#stop();
    for (const timer of [this.#paced, this.#typed]) if (timer) clearTimeout(timer);
  }

  /** The list on the screen tells where it is scrolled to and how high it is. */
  seen(view: Viewport): void {
    this.view = view;
    this.#keepAnchor();
    this.#listing.want(...this.#inSight());
  }

  async press(index: number, keys: Keys): Promise<void> {
    if (keys.shift) await this.#listing.ensure(...rangeTo(this.selection, index));
    this.selection = press(this.selection, this, index, keys);
  }

  async moveTo(index: number, keys: Keys): Promise<void> {
    const to = Math.min(Math.max(0, index), this.count - 1);
    if (to < 0) return;
    this.scroll(reveal(this.view, to));
    await this.#listing.ensure(...(keys.shift ? rangeTo(this.selection, to) : ([to, to] as const)));
    this.selection = move(this.selection, this, to, keys);
  }

  /** Selects these and no others, wherever they are in the list. */
  pick(rows: readonly Row[]): void {
    this.selection = settle(
      selectRows(rows),
      this,
      (key) => this.#listing.indexOf(key),
      () => false,
    );
  }

  deselect(): void {
    this.selection = clear(this.selection);
  }

  /** Begins to rename a row, wherever the list is scrolled to. */
  rename(key: string): void {
    const index = this.#listing.indexOf(key);
    if (index >= 0) this.scroll(reveal(this.view, index));
    this.renaming = key;
  }

  /** The request that lists what is shown, without its page. */
  get request(): ObjectListRequest {
    const { bucket, shownText: text, sort, descending, folder } = this;
    return { bucket, sort, descending, ...(text === "" ? { folder } : { text }) };
  }

  /** The selected rows, all of them, also those never loaded. */
  async chosen(): Promise<Row[]> {
    const { all, rows } = this.selection;
    if (!all) return [...rows.values()];
    const found: Row[] = this.#listing.folders.map(folderRow);
    let after: string | null = null;
    do {
      const page: ObjectPage = await call("object_list", {
        ...this.request,
        limit: 1000,
        ...(after === null ? {} : { after }),
      });
      for (const object of page.objects) found.push(fileRow(object));
      after = page.next;
    } while (after !== null);
    return found.filter((row) => !rows.has(row.key));
  }

  #leaveSearch(): void {
    if (this.#typed) clearTimeout(this.#typed);
    this.text = "";
  }

  /** Loads the place anew. What is shown stays until the first of it is there, or patience ends. */
  #open(): void {
    const shownText = this.text.trim();
    const { bucket, sort, descending, folder } = this;
    const request: ObjectListRequest = {
      bucket,
      sort,
      descending,
      ...(shownText === "" ? { folder } : { text: shownText }),
    };
    const listing = new Listing(
      (offset, limit) => call("object_list", { ...request, offset, limit }),
      (anew) => (this.#listing === listing ? this.#changed(anew) : show()),
    );
    const show = (): void => {
      if (this.#coming !== listing) return;
      this.#coming = null;
      this.#listing = listing;
      this.shownText = shownText;
      this.selection = settle(
        clear(this.selection),
        this,
        (key) => listing.indexOf(key),
        () => true,
      );
      this.renaming = null;
      this.#anchor = null;
      this.scroll(0);
      this.#changed(false);
    };
    this.#coming = listing;
    setTimeout(show, PATIENCE);
    listing.want(0, 60);
  }

  #changed(anew: boolean): void {
    this.#tick++;
    if (anew) {
      const place = this.#anchor ? this.#listing.indexOf(this.#anchor.key) : -1;
      if (this.#anchor && place >= 0 && place !== this.#anchor.index) {
        const top = keepPlace(this.view, this.#anchor.index, place);
        this.#anchor.index = place;
        // Once the page has as many rows as it will need for that.
        void tick().then(() => this.scroll(top));
      }
      this.selection = settle(
        this.selection,
        this,
        (key) => this.#listing.indexOf(key),
        (key) => this.#listing.isGone(key),
      );
    }
    this.#keepAnchor();
    this.#listing.want(...this.#inSight());
  }

  /** What the pointer is on keeps its place; else the first row in sight, unless that is the top, where news show. */
  #keepAnchor(): void {
    const first = Math.ceil(this.view.scrollTop / ROW);
    const key = this.pointed ?? (this.view.scrollTop > 0 ? (this.#listing.rowAt(first)?.key ?? null) : null);
    const index = key === null ? -1 : this.#listing.indexOf(key);
    this.#anchor = key !== null && index >= 0 ? { key, index } : null;
  }

  #inSight(): [number, number] {
    const { first, last } = windowOf(this.view, Math.max(this.#listing.count, 1));
    return [first, last];
  }

  /** A row that was deleted is no longer selected, even where the list is too long to see that it is gone. */
  #forget(key: string): void {
    if (this.selection.all || !this.selection.rows.has(key)) return;
    const rows = new Map([...this.selection.rows].filter(([other]) => other !== key));
    this.selection = { ...this.selection, rows };
  }

  #follow(events: readonly Event[]): void {
    const ours = events.some((event) => event.bucket === this.bucket && !ELSEWHERE.test(event.kind));
    if (!ours && events.length > 0) return;
    for (const event of events) if (LEAVES.has(event.kind) && event.object !== null) this.#forget(`o:${event.object}`);
    if (this.#paced) return;
    this.#listing.refresh();
    this.#paced = setTimeout(() => {
      this.#paced = null;
      // What came in between was not asked for yet.
      this.#listing.refresh();
    }, PACE);
  }
}
