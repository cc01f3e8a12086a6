import { expect, test, vi } from "vitest";
import type { Event } from "../../bindings/wire";
import { Stream } from "./stream";

const event = (id: number, detail: string): Event => ({
  ...{ id, at: 0, kind: "object_created", bucket: "b", object: null },
  ...{ detail, number: 1, by: "Mara" },
});
const sent = (event: Event) => `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;

test("events are the same, however the text is cut into pieces", () => {
  const events = [event(1, "a\nb.txt"), event(2, "größe: 1.txt"), event(3, "")];
  const text = `: listening\n\n${events.map(sent).join(": here\n\n")}: here\n\n`;
  for (let at = 0; at <= text.length; at++) {
    const stream = new Stream(() => expect.unreachable());
    expect([...stream.feed(text.slice(0, at)), ...stream.feed(text.slice(at))]).toEqual(events);
  }
});

test("what has not come whole is no event yet", () => {
  const stream = new Stream(() => expect.unreachable());
  expect(stream.feed(sent(event(1, "a")).trimEnd())).toEqual([]);
  expect(stream.feed("\n\n")).toEqual([event(1, "a")]);
});

test("that the server knows nothing of the event that was named is told, and is no event", () => {
  const reset = vi.fn();
  const stream = new Stream(reset);
  const told = ': listening\n\nevent: reset\nid: 7\ndata: {"newest":7}\n\n';
  expect(stream.feed(told + sent(event(8, "a.txt")))).toEqual([event(8, "a.txt")]);
  expect(reset.mock.calls).toEqual([[7]]);
});
