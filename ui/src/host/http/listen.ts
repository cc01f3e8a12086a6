/** Hears of changes for as long as the page is there: again after each break, from the event that was heard last. */
import type { Event } from "../../bindings/wire";
import type { Door } from "./door";
import { Stream } from "./stream";

/** Milliseconds until the next try, twice as long after each that fails. */
const SOON = 500;
const AT_MOST = 30_000;
/** The server gives a sign of life every 15 seconds; after this long without one the connection is dead. */
const SILENCE = 45_000;

/** Tells of changes; of none if some may have been missed. Returns the way to stop. */
export function listen(door: Door, heard: (events: Event[]) => void): () => void {
  const stopping = new AbortController();
  let last: number | null = null;
  let wait = SOON;

  async function once(): Promise<void> {
    const connection = new AbortController();
    const { signal } = connection;
    const end = () => connection.abort();
    stopping.signal.addEventListener("abort", end);
    const headers: Record<string, string> = last === null ? {} : { "Last-Event-ID": String(last) };
    let silence = setTimeout(end, SILENCE);
    try {
      const answer = await door.ask("/events", { headers, signal });
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      // The server went back to a backup. What is shown may be of a time that never was.
      const stream = new Stream((newest) => {
        last = newest;
        heard([]);
      });
      for (;;) {
        const piece = await reader?.read();
        if (!piece || piece.done) return;
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE);
        wait = SOON;
        const events = stream.feed(piece.value);
        last = events.at(-1)?.id ?? last;
        if (events.length > 0) heard(events);
      }
    } finally {
      clearTimeout(silence);
      stopping.signal.removeEventListener("abort", end);
    }
  }

  async function forever(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Why it broke off is told by whatever the person does next.
      await once().catch(() => undefined);
      if (stopping.signal.aborted) return;
      await pause(wait, stopping.signal);
      wait = Math.min(wait * 2, AT_MOST);
      if (!stopping.signal.aborted) heard([]);
    }
  }

  void forever();
  return () => stopping.abort();
}

/** So long, or until the network is back or there is nothing to wait for any more. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      removeEventListener("online", end);
      stop.removeEventListener("abort", end);
      resolve();
    }
    addEventListener("online", end);
    stop.addEventListener("abort", end);
  });
}
