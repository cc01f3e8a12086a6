/** One export or import at a time: how far it is, how it ended, and the way to stop it. */
import type { ArchiveProgress } from "../../bindings/wire";
import { ask } from "../../app/ask.svelte";
import { holdWindow } from "../../app/closing";
import { host, sentence } from "../../app/host";
import { notifyError } from "../../app/notices.svelte";
import type { Archives } from "../../host/host";
import { words } from "../../i18n";

/** Does the work. Null if the person chose no place for it. */
type Work<R> = (archives: Archives, progress: (far: ArchiveProgress) => void) => Promise<R | null>;

export class Running<R> {
  busy = $state(false);
  /** Null until it is known. */
  far = $state.raw<ArchiveProgress | null>(null);
  result = $state.raw<R | null>(null);
  /** Why nothing came of it, in words. */
  said = $state<string | null>(null);
  /** The person wants it to end. */
  stopping = $state(false);
  #ended: Promise<void> = Promise.resolve();

  /** With the words that ask whether to close the window while it runs. */
  constructor(private readonly closing: { title: string; text: string }) {}

  /** Does it, unless it is being done. What it came to, or null for nothing. */
  async start(work: Work<R>): Promise<R | null> {
    const { archives } = host();
    if (this.busy || !archives) return null;
    [this.busy, this.far, this.said, this.stopping] = [true, null, null, false];
    // While the person chooses a place nothing is lost by closing.
    let release: (() => void) | undefined;
    let end = () => {};
    this.#ended = new Promise((resolve) => (end = resolve));
    try {
      this.result = await work(archives, (far) => {
        release ??= holdWindow(() => this.#mayClose());
        this.far = far;
      });
    } catch (error) {
      this.said = sentence(error);
    } finally {
      release?.();
      this.busy = false;
      end();
    }
    return this.result;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    try {
      await host().archives?.stop();
    } catch (error) {
      this.stopping = false;
      notifyError(error);
    }
  }

  async #mayClose(): Promise<boolean> {
    const { close, stay } = words.archive.closing;
    const choice = await ask({ ...this.closing, choices: [{ value: "close", label: close, tone: "main" }], stay });
    if (choice === "close" && this.busy) {
      await this.stop();
      // It takes its file away before the program ends.
      await this.#ended;
    }
    return choice === "close";
  }
}
