/** Uploads of files that the browser gave, a few at a time, told of like the transfers of the window. */
import type {
  Failure,
  IngestRequest,
  Ingested,
  ObjectDetail,
  ObjectInfo,
  Transfer,
  TransferCancelRequest,
} from "../../bindings/wire";
import { joined, storedFolder, storedName } from "../../format/names";
import { words } from "../../i18n";
import { isApiError } from "../host";
import { apiError, type Door } from "./door";
import { Running, type Upload, type Wanted } from "./running";
import { send } from "./send";
import type { Sources } from "./sources";

/** Uploads at the same time: more would only share the line. */
const LANES = 3;
/** As many objects are told of by name. */
const TOLD = 1000;

export class Uploads {
  #running = new Map<string, Running>();

  constructor(
    private readonly door: Door,
    private readonly sources: Sources,
  ) {}

  async ingest(request: IngestRequest, progress: (transfer: Transfer) => void): Promise<Ingested> {
    const { wanted, failures } = this.#wanted(request);
    const ended: Omit<Ingested, "transfer"> = { objects: [], added: 0, replaced: 0, skipped: 0, failures };
    const todo = wanted.filter(({ decision }) => decision !== "skip");
    ended.skipped = wanted.length - todo.length;
    const running = new Running(request, todo, progress);
    this.#running.set(running.transfer.id, running);
    const queue = todo.values();
    const lane = async (): Promise<void> => {
      for (const one of queue) await this.#one(request, one, running, ended);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    this.#running.delete(running.transfer.id);
    return { transfer: running.end(), ...ended };
  }

  /** Stops one of ours. Whether it was ours. */
  cancel({ transfer, path }: TransferCancelRequest): boolean {
    const running = this.#running.get(transfer);
    if (path !== undefined) running?.active.get(path)?.stop.abort();
    else {
      running?.stop.abort();
      for (const { stop } of running?.active.values() ?? []) stop.abort();
    }
    return running !== undefined;
  }

  /** Every file that is meant, and those that the page no longer has, as after it was loaded anew. */
  #wanted({ sources, except = [] }: IngestRequest): { wanted: Wanted[]; failures: Failure[] } {
    const wanted: Wanted[] = [];
    const failures: Failure[] = [];
    for (const { path, into = "", decision } of sources) {
      const found = this.sources.under(path).filter((one) => !except.includes(one.path));
      for (const one of found) wanted.push({ ...one, into: joined(into, one.into), decision });
      if (this.sources.under(path).length === 0) failures.push(gone(path, into));
    }
    return { wanted, failures };
  }

  async #one(
    request: IngestRequest,
    wanted: Wanted,
    running: Running,
    ended: Omit<Ingested, "transfer">,
  ): Promise<void> {
    const { path, file } = wanted;
    const upload: Upload = { wanted, sent: 0, stop: new AbortController() };
    running.active.set(path, upload);
    if (running.stop.signal.aborted) upload.stop.abort();
    try {
      const object = await this.#put(request, upload, () => running.tell());
      if (object !== null && object.version > 1) ended.replaced++;
      else ended.added++;
      if (object !== null && ended.objects.length < TOLD) ended.objects.push(object);
      this.sources.forget(path);
    } catch (error) {
      running.transfer.failed++;
      ended.failures.push(failure(wanted, error));
    }
    running.active.delete(path);
    running.done += file.size;
    running.transfer.filesDone++;
    running.tell();
  }

  /** Uploads a file. What came of it, or null where that may not be read. */
  async #put(request: IngestRequest, upload: Upload, told: () => void): Promise<ObjectInfo | null> {
    const { bucket } = request;
    const { file, into, decision } = upload.wanted;
    const folder = joined(request.folder ?? "", into);
    const replace = decision === undefined ? await this.#isNewer(bucket, folder, file.name) : decision === "replace";
    const said = new URLSearchParams({ filename: file.name, folder, replace: String(replace) });
    const blob = await send(
      `/api/buckets/v1/buckets/${encodeURIComponent(bucket)}/blobs?${said}`,
      this.door.headers,
      file,
      (bytes) => {
        upload.sent = Math.min(bytes, file.size);
        told();
      },
      upload.stop.signal,
    );
    const { blobId } = blob as { blobId: string };
    return this.#find({ bucket, object: { id: blobId } });
  }

  /** Whether the name belongs to an earlier content of the same file. Rejects if it is another file's (DESIGN section 3). */
  async #isNewer(bucket: string, folder: string, name: string): Promise<boolean> {
    const key = joined(storedFolder(folder), storedName(name));
    const there = await this.#find({ bucket, object: { key } });
    if (there === null || there.originalName === name) return there !== null;
    const { reason, advice } = words.browser.meets(there.originalName);
    throw apiError("name_conflict", `${reason}. ${advice}`, { reason, advice });
  }

  /** What is there and may be seen. */
  async #find(request: { bucket: string; object: { id: string } | { key: string } }): Promise<ObjectInfo | null> {
    try {
      return ((await this.door.command("object_show", request)) as ObjectDetail).object;
    } catch (error) {
      const unseen = ["object_not_found", "in_trash", "forbidden"];
      if (isApiError(error) && unseen.includes(error.code)) return null;
      throw error;
    }
  }
}

function failure({ path, into, file }: Wanted, error: unknown): Failure {
  const { code, message, details } = isApiError(error) ? error : apiError("internal", String(error));
  const { reason = message, advice = "" } = details;
  return { path, into, name: file.name, code, reason, advice, size: file.size };
}

function gone(path: string, into: string): Failure {
  const { reason, advice } = words.browser.gone;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return { path, into, name, code: "source_missing", reason, advice, size: 0 };
}
