/** One transfer of uploads: what it is about, and how far it is. */
import type { Decision, IngestRequest, Transfer } from "../../bindings/wire";
import type { Found } from "./sources";

/** Progress is told as often, in milliseconds. */
const PACE = 100;

/** A file on its way, with what the person decided about its name. */
export interface Wanted extends Found {
  decision: Decision | undefined;
}

export interface Upload {
  wanted: Wanted;
  sent: number;
  stop: AbortController;
}

export class Running {
  readonly stop = new AbortController();
  readonly active = new Map<string, Upload>();
  readonly transfer: Transfer;
  /** Bytes of the files that are through. */
  done = 0;
  #started = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    request: IngestRequest,
    wanted: readonly Wanted[],
    private readonly progress: (transfer: Transfer) => void,
  ) {
    this.transfer = {
      ...{ id: request.transfer ?? crypto.randomUUID(), bucket: request.bucket, state: "copying" },
      ...{ name: wanted[0]?.file.name ?? "", filesDone: 0, filesTotal: wanted.length },
      ...{ bytesDone: 0, bytesTotal: wanted.reduce((all, { file }) => all + file.size, 0) },
      ...{ rate: 0, active: [], failed: 0 },
    };
  }

  /** How it stands now. */
  now(): Transfer {
    const active = [...this.active.values()].map(({ wanted: { path, file }, sent }) => ({
      ...{ path, name: file.name, bytesDone: sent, bytesTotal: file.size },
    }));
    const bytesDone = this.done + active.reduce((all, file) => all + file.bytesDone, 0);
    const seconds = Math.max(0.001, (performance.now() - this.#started) / 1000);
    return { ...this.transfer, active, bytesDone, rate: bytesDone / seconds };
  }

  /** Has the page told soon. */
  tell(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.progress(this.now());
    }, PACE);
  }

  /** How it ended; nothing is told after it. */
  end(): Transfer {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return { ...this.now(), state: this.stop.signal.aborted ? "cancelled" : "done" };
  }
}
