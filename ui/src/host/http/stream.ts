/** Server-sent events, read from pieces of text as they come. */
import type { Event } from "../../bindings/wire";

export class Stream {
  #rest = "";
  #reset: (newest: number) => void;

  /** `reset` is called where the server says that it knows nothing of the event named: its newest is that one. */
  constructor(reset: (newest: number) => void) {
    this.#reset = reset;
  }

  /** The events that are whole with this piece. What says nothing, such as a sign of life, is left out. */
  feed(piece: string): Event[] {
    const blocks = (this.#rest + piece).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const lines = block.split("\n");
      const data = lines
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice("data:".length).trimStart());
      if (data.length === 0) return [];
      const said: unknown = JSON.parse(data.join("\n"));
      if (!lines.includes("event: reset")) return [said as Event];
      this.#reset((said as { newest: number }).newest);
      return [];
    });
  }
}
