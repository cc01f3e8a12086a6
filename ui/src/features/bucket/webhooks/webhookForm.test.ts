/** From a webhook to its form and back. */
import { expect, test } from "vitest";
import type { Webhook } from "../../../bindings/wire";
import { chosen, EVENTS, isWhole, wanted, webhookForm } from "./webhookForm";

const webhook: Webhook = {
  ...{ id: "h1", bucket: "b1", url: "https://example.org/hook", events: [], enabled: true },
  ...{ off: null, failing: null, waiting: 0, created: 0, createdBy: "Mara" },
};

test("no events are everything, and go back as none", () => {
  expect(webhookForm(webhook)).toEqual({ url: webhook.url, tells: "everything", events: EVENTS });
  expect(wanted(webhookForm(webhook))).toEqual({ url: webhook.url, events: [] });
});

test("chosen ones keep their order, whatever the order of choosing", () => {
  const form = webhookForm({ ...webhook, events: ["data.changed"] });
  expect(form.tells).toBe("chosen");
  const more = { ...form, events: chosen(form, "object.created", true) };
  expect(wanted(more).events).toEqual(["object.created", "data.changed"]);
  expect(chosen(more, "data.changed", false)).toEqual(["object.created"]);
});

test.each([
  ["without an address", { url: "  " }, false],
  ["with none of the events", { tells: "chosen", events: [] }, false],
  ["of everything, whatever was chosen before", { events: [] }, true],
] as const)("a form %s is whole: %s", (_, more, whole) =>
  expect(isWhole({ ...webhookForm(webhook), ...more })).toBe(whole),
);
