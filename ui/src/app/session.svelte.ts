/**
 * Where the person is and what there is: the buckets, the one that is open, the page and tab shown. Features read it and
 * move by `go`, which first asks whoever would lose something by it.
 */
import type { Bucket, Event, Workspace } from "../bindings/wire";
import { isApiError, type Signal, type Status } from "../host/host";
import { mayClose } from "./closing";
import { call, host } from "./host";

export type View = "bucket" | "access" | "trash" | "settings";
export type Tab = "files" | "data" | "access" | "settings";

/** Somewhere to go; what is left out stays as it is. */
export interface Place {
  view?: View;
  tab?: Tab;
  /** Id of the bucket to open. */
  bucket?: string;
}

/** Whether leaving may go on. Asks the person if it must. */
export type LeaveGuard = () => Promise<boolean>;

const guards = new Set<LeaveGuard>();
const changeListeners = new Set<(events: Event[]) => void>();
const signalListeners = new Set<(signal: Signal) => void>();

/** Has `guard` asked before the person leaves what is shown now. Returns the way to stop. */
export function addLeaveGuard(guard: LeaveGuard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

/**
 * Tells of every change, by whomever, after the session has taken it in; of none if some may have been missed, and all is
 * to be read again. Returns the way to stop.
 */
export function onChanges(listener: (events: Event[]) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Tells of every signal of the host, drags included. Returns the way to stop. */
export function onSignal(listener: (signal: Signal) => void): () => void {
  signalListeners.add(listener);
  return () => signalListeners.delete(listener);
}

class Session {
  workspace = $state.raw<Workspace | null>(null);
  /** The live buckets, oldest first, so that rows keep their places. */
  buckets = $state.raw<Bucket[]>([]);
  /** Files and buckets in the trash. */
  trashed = $state(0);
  status = $state.raw<Status>({ server: null, notice: null });
  /** Until the first answer: nothing is known. */
  loaded = $state(false);
  /** Why the buckets could not be read, if so. */
  trouble = $state.raw<unknown>(null);

  view = $state<View>("bucket");
  tab = $state<Tab>("files");
  #bucketId = $state<string | null>(null);

  /** The open bucket. It stays the same while another page is shown; null only if there is none. */
  bucket = $derived(this.buckets.find((bucket) => bucket.id === this.#bucketId) ?? null);

  #refreshing: Promise<void> | null = null;
  #again = false;

  /** Reads what there is and follows the host from then on. Returns the way to stop. */
  start(): () => void {
    const stop = host().subscribe((signal) => void this.#take(signal));
    void this.refresh();
    return stop;
  }

  /** Goes somewhere, if nobody holds the person back. Whether it did. */
  async go(place: Place): Promise<boolean> {
    const next = { view: "bucket" as View, tab: this.tab, bucket: this.#bucketId, ...place };
    if (next.view === this.view && next.tab === this.tab && next.bucket === this.#bucketId) return true;
    if (!(await this.mayLeave())) return false;
    // Another bucket opens on its files; a page keeps the tab for the way back.
    if (place.bucket !== undefined && place.bucket !== this.#bucketId && place.tab === undefined) next.tab = "files";
    this.view = next.view;
    this.tab = next.tab;
    this.#bucketId = next.bucket;
    return true;
  }

  /** Asks every guard, one after the other. */
  async mayLeave(): Promise<boolean> {
    for (const guard of guards) if (!(await guard())) return false;
    return true;
  }

  /** Puts in a bucket as a command answered it, before the event of the same change arrives. */
  put(bucket: Bucket): void {
    const live = bucket.deleted === null;
    const others = this.buckets.filter((other) => other.id !== bucket.id);
    if (!live) this.buckets = others;
    else if (others.length === this.buckets.length) this.buckets = [...others, bucket];
    else this.buckets = this.buckets.map((other) => (other.id === bucket.id ? bucket : other));
    this.#keepOpen();
  }

  /** Reads workspace, buckets and the size of the trash again. Many wishes at once are one reading. */
  async refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return this.#refreshing;
    }
    this.#refreshing = this.#read();
    try {
      await this.#refreshing;
    } finally {
      this.#refreshing = null;
    }
    if (this.#again) {
      this.#again = false;
      await this.refresh();
    }
  }

  async #read(): Promise<void> {
    try {
      const [workspace, buckets, trashed, status] = await Promise.all([
        call("workspace_show", {}),
        call("bucket_list", { order: "created" }),
        trashSize(),
        host().status(),
      ]);
      this.workspace = workspace;
      this.buckets = buckets;
      this.trashed = trashed;
      this.status = status;
      this.trouble = null;
    } catch (error) {
      this.trouble = error;
    }
    this.#keepOpen();
    this.loaded = true;
  }

  /** A bucket that went away gives its place to the one beneath it. */
  #keepOpen(): void {
    const ids = this.buckets.map((bucket) => bucket.id);
    if (this.#bucketId === null || !ids.includes(this.#bucketId)) {
      const before = this.#order.indexOf(this.#bucketId ?? "");
      this.#bucketId = ids[Math.max(0, Math.min(before, ids.length - 1))] ?? null;
      if (before >= 0) this.tab = "files";
    }
    this.#order = ids;
  }
  #order: string[] = [];

  async #take(signal: Signal): Promise<void> {
    for (const listener of signalListeners) listener(signal);
    if (signal.kind === "changes") {
      await this.refresh();
      for (const listener of changeListeners) listener(signal.events);
    }
    if (signal.kind === "close" && (await this.mayLeave()) && (await mayClose())) await host().closeWindow();
  }
}

/** Files and buckets in the trash; none for whoever may not see it. */
async function trashSize(): Promise<number> {
  try {
    const { files, buckets } = await call("trash_list", { limit: 1 });
    return files + buckets.length;
  } catch (error) {
    if (isApiError(error) && error.code === "forbidden") return 0;
    throw error;
  }
}

export const session = new Session();
