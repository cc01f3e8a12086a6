/** Measures how fast one file comes in, from reports of its bytes; smoothed, so that the number can be read. */

/** How much of the former rate stays for each second that passes. */
const KEPT_PER_SECOND = 0.4;

export class Meter {
  #at: number | null = null;
  #bytes = 0;
  #rate: number | null = null;

  /** Takes a report and gives bytes a second. */
  feed(at: number, bytes: number): number {
    const seconds = this.#at === null ? 0 : (at - this.#at) / 1000;
    if (this.#at === null || bytes < this.#bytes) [this.#at, this.#bytes, this.#rate] = [at, bytes, null];
    else if (seconds > 0) {
      const now = (bytes - this.#bytes) / seconds;
      const kept = KEPT_PER_SECOND ** seconds;
      this.#rate = this.#rate === null ? now : this.#rate * kept + now * (1 - kept);
      [this.#at, this.#bytes] = [at, bytes];
    }
    return this.#rate ?? 0;
  }
}
