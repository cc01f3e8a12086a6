/**
 * What the page needs from the program around it. Three ways to have it: the desktop window (`tauri.ts`), a browser
 * over HTTP (`http.ts`), and a stand-in for tests (`fake.ts`). Features see only this interface.
 */
import type { Commands } from "../bindings/commands";
import type {
  ApiError,
  ArchiveProgress,
  Event,
  Exported,
  ExportRequest,
  Imported,
  ImportRequest,
  IngestRequest,
  Ingested,
  ObjectRef,
  Transfer,
} from "../bindings/wire";

export type CommandName = keyof Commands;
export type Request<C extends CommandName> = Commands[C][0];
export type Answer<C extends CommandName> = Commands[C][1];

/** A drag of files over the window, in CSS pixels of the page. */
export type DropSignal =
  | { kind: "drag"; phase: "enter"; paths: string[]; x: number; y: number }
  | { kind: "drag"; phase: "over"; x: number; y: number }
  | { kind: "drag"; phase: "drop"; paths: string[]; x: number; y: number }
  | { kind: "drag"; phase: "leave" };

/** What the program tells the page without being asked. */
export type Signal =
  | { kind: "changes"; events: Event[] }
  | DropSignal
  /** The person wants to close the window while `setUnsaved(true)` holds; answer with `closeWindow()` or nothing. */
  | { kind: "close" };

/** How the program around the page stands. */
export interface Status {
  /** Where links are served by this program, or null. */
  server: string | null;
  /** Something the person should know from the start, such as that another port was taken; plain words. */
  notice: string | null;
}

/** Buckets as one file, at a place that the system's dialog asks for. `progress` is called at most ten times a second. */
export interface Archives {
  /** Null if the person chose no place. Rejects with an `ApiError`: `cancelled` if it was stopped. */
  export(request: ExportRequest, progress: (far: ArchiveProgress) => void): Promise<Exported | null>;
  /** Null if the person chose no archive. Rejects with an `ApiError`: `cancelled` if it was stopped. */
  import(request: ImportRequest, progress: (far: ArchiveProgress) => void): Promise<Imported | null>;
  /** Stops the one that began last; nothing of it stays. */
  stop(): Promise<void>;
}

export interface Host {
  /** Whether the page is on the machine that the program runs on, and so can open files with its programs. */
  readonly local: boolean;
  /** Runs one command of the list. Rejects with an `ApiError`. */
  call<C extends CommandName>(name: C, request: Request<C>): Promise<Answer<C>>;
  /** Brings files in; `progress` is called at most ten times a second. Rejects with an `ApiError` only if nothing could start. */
  ingest(request: IngestRequest, progress: (transfer: Transfer) => void): Promise<Ingested>;
  /** Tells of changes, drags and the wish to close. Returns the way to stop. */
  subscribe(listener: (signal: Signal) => void): () => void;
  status(): Promise<Status>;
  /** The system's dialog for files; empty if the person chose none. */
  pickFiles(): Promise<string[]>;
  /** The system's dialog for folders; empty if the person chose none. */
  pickFolders(): Promise<string[]>;
  /** Opens a read-only copy with the system's program, or the file in the browser. */
  openObject(bucket: string, object: ObjectRef): Promise<void>;
  /** Checks out a working copy (`checkout_start`) and opens it with the system's program. Each save becomes a version. Only a
   * local one can. */
  editObject(bucket: string, object: ObjectRef): Promise<void>;
  /** Asks for a place and saves the files there. The number saved, or null if the person chose no place. */
  saveAs(bucket: string, objects: ObjectRef[]): Promise<number | null>;
  copyText(text: string): Promise<void>;
  /** Opens an http(s) address in the system's browser. */
  openLink(url: string): Promise<void>;
  /** Whether leaving now would lose something; then closing the window asks first. */
  setUnsaved(unsaved: boolean): Promise<void>;
  closeWindow(): Promise<void>;
  /** Exports and imports; only where the program is on the person's machine. */
  readonly archives?: Archives;
  /** Signs out; only where somebody has signed in. */
  leave?(): void;
}

/** Whether a rejection is an error of ours. */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === "object" && error !== null && "code" in error && "message" in error && "details" in error;
}
