/** Server-sent events, read from pieces of text as they come. */
import type { Event } from "../../bindings/wire";

export class Stream {
  #rest = "";

  /** The events that are whole with this piece. What says nothing, such as a sign of life, is left out. */
  feed(piece: string): Event[] {
    const blocks = (this.#rest + piece).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const data = block
        .split("\n")
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice("data:".length).trimStart());
      return data.length > 0 ? [JSON.parse(data.join("\n")) as Event] : [];
    });
  }
}
