/** One export or import at a time: how far it is, how it ended, and the way to stop it. */
import type { ArchiveProgress } from "../../bindings/wire";
import { host, sentence } from "../../app/host";
import { notifyError } from "../../app/notices.svelte";
import type { Archives } from "../../host/host";

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

  /** Does it, unless it is being done. What it came to, or null for nothing. */
  async start(work: Work<R>): Promise<R | null> {
    const { archives } = host();
    if (this.busy || !archives) return null;
    [this.busy, this.far, this.said, this.stopping] = [true, null, null, false];
    try {
      this.result = await work(archives, (far) => (this.far = far));
    } catch (error) {
      this.said = sentence(error);
    } finally {
      this.busy = false;
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
}
