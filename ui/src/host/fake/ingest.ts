/** Looking at files and bringing them in, in the stand-in: verdicts, progress, cancelling, what did not come in. */
import type {
  Bucket,
  Failure,
  IngestRequest,
  Ingested,
  ObjectInfo,
  Preflight,
  PreflightEntry,
  PreflightRequest,
  Transfer,
  Verdict,
} from "../../bindings/wire";
import { limit, size as inWords } from "../../format";
import type { Found } from "./disk";
import { joined } from "../../format/names";
import { freeKey, mediaTypeOf, normalFolder, normalName, refuse, typeFits } from "./rules";
import { nextId, type Store } from "./store";

interface Running {
  transfer: Transfer;
  cancelled: boolean;
  cancelledPaths: Set<string>;
}

/** Why a file would be refused, or null. `room` is how many more files fit. */
function refusal(
  bucket: Bucket,
  found: Found,
  mediaType: string,
  fresh: boolean,
  room: number,
): Pick<Verdict, "code" | "reason" | "advice"> | null {
  const { fileSizeLimit, maxFiles, allowedMimeTypes } = bucket.effective;
  if (found.trouble) return found.trouble;
  if (fileSizeLimit !== null && found.size > fileSizeLimit)
    return {
      code: "too_large",
      reason: `${inWords(found.size)} is over the limit of ${limit(fileSizeLimit)}.`,
      advice: "Raise the limit in Settings or add a smaller file.",
    };
  if (!typeFits(allowedMimeTypes, mediaType))
    return {
      code: "type_not_allowed",
      reason: `${bucket.title} does not take files of type ${mediaType}.`,
      advice: "Add the type in Settings or choose another bucket.",
    };
  if (fresh && room <= 0)
    return {
      code: "too_many_files",
      reason: `${bucket.title} holds at most ${maxFiles} files.`,
      advice: "Raise the limit in Settings or delete some first.",
    };
  return null;
}

export class Intake {
  /** Bytes brought in per millisecond; tests slow it down. */
  speed = 400_000;
  #running = new Map<string, Running>();
  #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  #verdicts(bucket: Bucket, folder: string, files: { found: Found; into: string }[]): Verdict[] {
    const keys = new Map<string, string>();
    let room = (bucket.effective.maxFiles ?? Infinity) - bucket.fileCount;
    return files.map(({ found, into }) => {
      const mediaType = found.mediaType ?? mediaTypeOf(found.name);
      const key = joined(folder, normalFolder(into), normalName(found.name));
      const present = this.#store.at(bucket.id, key)?.info;
      const verdict: Verdict = {
        ...{ path: found.path, into, originalName: found.name, key, size: found.size, mediaType, kind: "ready" },
        ...{ version: null, meets: null, code: null, reason: null, advice: null },
      };
      const no = refusal(bucket, found, mediaType, !present && !keys.has(key), room);
      if (no) return { ...verdict, kind: "refused", ...no };
      const met = keys.get(key);
      if (met !== undefined) return { ...verdict, kind: "meets", meets: met };
      keys.set(key, found.name);
      if (!present) room -= 1;
      else {
        const meets = present.originalName === found.name ? null : present.originalName;
        return { ...verdict, kind: "replaces", version: present.version + 1, meets };
      }
      return verdict;
    });
  }

  preflight({ bucket: id, folder = "", paths }: PreflightRequest): Preflight {
    const bucket = this.#store.liveBucket(id);
    const files = paths.flatMap((path) =>
      this.#store.disk.walk(path).map((found) => ({ found, into: found.into, root: path })),
    );
    const verdicts = this.#verdicts(bucket, folder, files);
    const of = (kind: "ready" | "choose" | "refused", within: Verdict[]) =>
      within.filter((verdict) =>
        kind === "ready"
          ? verdict.kind === "ready" || verdict.kind === "replaces"
          : kind === "choose"
            ? verdict.kind === "meets"
            : verdict.kind === "refused",
      );
    const entries = paths.map((path): PreflightEntry => {
      const mine = verdicts.filter((_, n) => files[n]!.root === path);
      const isFolder = this.#store.disk.isFolder(path);
      const name = path.split("/").at(-1)!;
      return {
        ...{
          path,
          name,
          verdict: isFolder ? null : (mine[0] ?? null),
          key: isFolder ? joined(folder, normalName(name)) : (mine[0]?.key ?? ""),
        },
        ...{
          files: mine.length,
          folders: new Set(mine.map((one) => one.into)).size,
          bytes: mine.reduce((sum, one) => sum + one.size, 0),
        },
        ...{ ready: of("ready", mine).length, choose: of("choose", mine).length, refused: of("refused", mine).length },
      };
    });
    const ready = of("ready", verdicts);
    const choose = of("choose", verdicts);
    const refused = of("refused", verdicts);
    return {
      ...{ entries, choose: choose.slice(0, 1000), refused: refused.slice(0, 1000), readyFiles: ready.length },
      ...{
        readyBytes: ready.reduce((sum, one) => sum + one.size, 0),
        chooseFiles: choose.length,
        refusedFiles: refused.length,
      },
    };
  }

  list(): Transfer[] {
    return [...this.#running.values()].map(({ transfer }) => transfer);
  }

  cancel(id: string, path?: string): void {
    const running = this.#running.get(id);
    if (running === undefined) return refuse("transfer_not_found", "This transfer has ended already.");
    if (path === undefined) running.cancelled = true;
    else running.cancelledPaths.add(path);
  }

  async ingest(request: IngestRequest, progress: (transfer: Transfer) => void): Promise<Ingested> {
    const store = this.#store;
    const bucket = store.liveBucket(request.bucket);
    const except = new Set(request.except);
    const files = request.sources.flatMap((source) =>
      store.disk
        .walk(source.path)
        .filter((found) => !except.has(found.path))
        .map((found) => ({ found, into: joined(source.into ?? "", found.into), decision: source.decision })),
    );
    const verdicts = this.#verdicts(bucket, request.folder ?? "", files);
    const id = request.transfer ?? nextId("t", 8);
    const transfer: Transfer = {
      ...{
        id,
        bucket: bucket.id,
        state: "copying",
        name: files[0]?.found.name ?? "",
        filesDone: 0,
        filesTotal: files.length,
      },
      ...{
        bytesDone: 0,
        bytesTotal: files.reduce((sum, { found }) => sum + found.size, 0),
        rate: this.speed * 1000,
        active: [],
        failed: 0,
      },
    };
    const running: Running = { transfer, cancelled: false, cancelledPaths: new Set() };
    this.#running.set(id, running);
    const objects: ObjectInfo[] = [];
    const failures: Failure[] = [];
    let [added, replaced, skipped] = [0, 0, 0];
    const fail = (n: number, code: Failure["code"], reason: string, advice: string) => {
      const { found, into } = files[n]!;
      failures.push({ path: found.path, into, name: found.name, code, reason, advice, size: found.size });
      transfer.failed += 1;
    };
    let told = 0;
    const tell = (always = false) => {
      if (!always && performance.now() - told < 100) return;
      told = performance.now();
      progress(structuredClone(transfer));
    };
    tell(true);
    for (const [n, { found, into, decision }] of files.entries()) {
      if (running.cancelled) break;
      const verdict = verdicts[n]!;
      if (decision === "skip") skipped += 1;
      else if (verdict.kind === "refused") fail(n, verdict.code!, verdict.reason!, verdict.advice!);
      else if (verdict.kind === "meets" && !decision)
        fail(
          n,
          "name_conflict",
          `${found.name} has the same stored name as ${verdict.meets}.`,
          "Choose which one to keep.",
        );
      else if (await this.#copy(running, found, tell)) {
        const present = store.at(bucket.id, verdict.key) !== undefined;
        const key =
          decision === "keep_both"
            ? freeKey(verdict.key, (key) => store.at(bucket.id, key) !== undefined)
            : verdict.key;
        store.nameFolders(bucket.id, request.folder ?? "", into);
        objects.push(store.put(bucket.id, key, found.name, found.size, verdict.mediaType).info);
        if (present && key === verdict.key) replaced += 1;
        else added += 1;
      } else if (!running.cancelled)
        fail(n, "cancelled", `${found.name} was cancelled.`, "Add it again if you want it after all.");
      transfer.filesDone += 1;
      tell();
    }
    store.recount(bucket.id);
    this.#running.delete(id);
    const done: Transfer = { ...transfer, active: [], state: running.cancelled ? "cancelled" : "done" };
    progress(done);
    return { transfer: done, objects: objects.slice(0, 1000), added, replaced, skipped, failures };
  }

  /** Lets the time pass that a file needs. Whether it came to its end. */
  async #copy(running: Running, found: Found, tell: (always?: boolean) => void): Promise<boolean> {
    const { transfer } = running;
    const active = { path: found.path, name: found.name, bytesDone: 0, bytesTotal: found.size };
    const before = transfer.bytesDone;
    transfer.active = [active];
    const start = performance.now();
    while (active.bytesDone < found.size) {
      const due = Math.min(found.size, (performance.now() - start + 1) * this.speed);
      active.bytesDone = due;
      transfer.bytesDone = before + due;
      tell();
      if (due < found.size) await new Promise((resolve) => setTimeout(resolve, 20));
      if (running.cancelled || running.cancelledPaths.has(found.path)) {
        transfer.bytesDone = before;
        transfer.active = [];
        return false;
      }
    }
    transfer.active = [];
    return true;
  }
}
