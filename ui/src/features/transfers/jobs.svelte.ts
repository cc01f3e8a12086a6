/** The transfers under way and what came of them: starts them, follows their progress, tells of their end. */
import type { Bucket, Failure, IngestRequest, Ingested, Transfer } from "../../bindings/wire";
import { ask } from "../../app/ask.svelte";
import { holdWindow } from "../../app/closing";
import { call, host } from "../../app/host";
import { notifyError } from "../../app/notices.svelte";
import { session } from "../../app/session.svelte";
import { words } from "../../i18n";
import { isRunning } from "./lines";
import { Meter } from "./meter";
import { milestone } from "./milestones";
import { merge, outcomeOf, retryRequest, type Outcome } from "./outcome";
import { tellArrival } from "./telling";

export interface Job {
  id: string;
  transfer: Transfer;
  /** Rates by path of the file. */
  rates: ReadonlyMap<string, number>;
}

export interface Result {
  id: string;
  outcome: Outcome;
  /** While some of it is tried again. */
  busy: boolean;
}

/** A transfer shorter than this comes and goes without the strip. */
const QUICK = 250;
/** How often transfers that another page began are asked for. */
const ASK = 500;

class Jobs {
  /** Those that run and have run long enough to be shown. */
  shown = $state.raw<readonly Job[]>([]);
  /** All that run. */
  running = $state(0);
  results = $state.raw<readonly Result[]>([]);
  /** What a screen reader is told. */
  said = $state("");

  #jobs = new Map<string, Job>();
  #meters = new Map<string, Meter>();
  #stopped = new Set<string>();
  /** Those of this page, from before their first report. */
  #started = new Set<string>();
  #release: (() => void) | null = null;

  /** Brings files in and tells how it went. Rejects only if nothing could start, which it has told as well. */
  async start(request: IngestRequest): Promise<Ingested> {
    const ingested = await this.#run(request);
    const outcome = outcomeOf(request, ingested);
    if (outcome.failures.length > 0)
      this.results = [...this.results, { id: ingested.transfer.id, outcome, busy: false }];
    return ingested;
  }

  /** Tries files again that did not come in, perhaps with a decision about their names. */
  async retry(result: Result, failures: readonly Failure[], decision?: "replace" | "keep_both"): Promise<void> {
    this.#put({ ...result, busy: true });
    const request = retryRequest(result.outcome, failures);
    if (decision) request.sources = request.sources.map((source) => ({ ...source, decision }));
    try {
      const outcome = merge(result.outcome, failures, outcomeOf(request, await this.#run(request)));
      this.#put({ ...result, outcome });
      if (outcome.failures.length === 0) this.close(result.id);
    } catch {
      // It was told where it happened; the list stays as it was.
      this.#put(result);
    }
  }

  close(id: string): void {
    this.results = this.results.filter((result) => result.id !== id);
  }

  async cancel(transfer: string, path?: string): Promise<void> {
    try {
      if (path === undefined) this.#stopped.add(transfer);
      await call("transfer_cancel", { transfer, ...(path === undefined ? {} : { path }) });
    } catch (error) {
      // One that has just ended needs no cancelling.
      if (this.#jobs.has(transfer)) notifyError(error);
    }
  }

  async cancelAll(): Promise<void> {
    const all = new Set([...this.#started, ...this.#jobs.keys()]);
    await Promise.all([...all].map((id) => this.cancel(id)));
  }

  /** Takes up transfers that run already, as after the page was loaded anew. Returns the way to stop. */
  adopt(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const adopted = new Set<string>();
    const ask = async (): Promise<void> => {
      const known = new Set(this.#jobs.keys());
      const others = (await call("transfer_list", {})).filter(
        (transfer) => !known.has(transfer.id) || adopted.has(transfer.id),
      );
      for (const id of adopted) if (!others.some((transfer) => transfer.id === id)) this.#end(id);
      for (const transfer of others.filter(isRunning)) {
        adopted.add(transfer.id);
        this.#report(transfer);
      }
      if (others.some(isRunning)) timer = setTimeout(() => void asking(), ASK);
    };
    // What cannot be asked for any more is not known to run.
    const asking = () => ask().catch(() => adopted.forEach((id) => this.#end(id)));
    void asking();
    return () => clearTimeout(timer);
  }

  bucket(id: string): Bucket | undefined {
    return session.buckets.find((bucket) => bucket.id === id);
  }

  async #run(request: IngestRequest): Promise<Ingested> {
    const id = request.transfer ?? freshId();
    const started = Date.now();
    this.running++;
    this.#started.add(id);
    this.#holdWindow();
    try {
      const ingested = await host().ingest({ ...request, transfer: id }, (transfer) => this.#report(transfer));
      this.#say(this.#jobs.get(id)?.transfer ?? null, ingested.transfer);
      tellArrival(outcomeOf(request, ingested), ingested, started, this.#stopped.has(id));
      return ingested;
    } catch (error) {
      notifyError(error, words.transfers.notStarted);
      throw error;
    } finally {
      this.running--;
      this.#started.delete(id);
      this.#end(id);
    }
  }

  #report(transfer: Transfer): void {
    const before = this.#jobs.get(transfer.id);
    if (!before) setTimeout(() => this.#show(), QUICK);
    const rates = new Map(
      transfer.active.map((file) => [file.path, this.#rate(transfer.id + file.path, file.bytesDone)]),
    );
    this.#jobs.set(transfer.id, { id: transfer.id, transfer, rates });
    this.#holdWindow();
    this.#say(before?.transfer ?? null, transfer);
    if (this.shown.some((job) => job.id === transfer.id)) this.#show();
  }

  #rate(key: string, bytes: number): number {
    const meter = this.#meters.get(key) ?? new Meter();
    this.#meters.set(key, meter);
    return meter.feed(performance.now(), bytes);
  }

  #say(before: Transfer | null, now: Transfer): void {
    const reached = milestone(before, now);
    if (reached) this.said = words.transfers.announce[reached](words.transfers.batch(now.name, now.filesTotal));
  }

  #show(): void {
    this.shown = [...this.#jobs.values()];
  }

  #end(id: string): void {
    this.#jobs.delete(id);
    this.#stopped.delete(id);
    for (const key of this.#meters.keys()) if (key.startsWith(id)) this.#meters.delete(key);
    if (this.shown.some((job) => job.id === id)) this.#show();
    this.#holdWindow();
  }

  /** Closing asks while any runs, those included that another page began. */
  #holdWindow(): void {
    if (this.#underWay > 0) this.#release ??= holdWindow(() => this.#mayClose());
    else {
      this.#release?.();
      this.#release = null;
    }
  }

  get #underWay(): number {
    return new Set([...this.#started, ...this.#jobs.keys()]).size;
  }

  async #mayClose(): Promise<boolean> {
    const choice = await ask({
      title: words.transfers.closing.title,
      text: words.transfers.closing.text(this.#underWay),
      choices: [{ value: "close", label: words.transfers.closing.close, tone: "main" }],
      stay: words.transfers.closing.stay,
    });
    if (choice === "close") await this.cancelAll();
    return choice === "close";
  }

  #put(result: Result): void {
    this.results = this.results.map((other) => (other.id === result.id ? result : other));
  }
}

export const jobs = new Jobs();

function freshId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
