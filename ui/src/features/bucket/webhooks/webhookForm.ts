/** A webhook as a form. */
import type { Webhook, WebhookEvent } from "../../../bindings/wire";

/** In the order in which they are shown. */
export const EVENTS: readonly WebhookEvent[] = [
  "object.created",
  "object.replaced",
  "object.deleted",
  "object.expired",
  "data.changed",
  "bucket.deleted",
];

export interface WebhookForm {
  url: string;
  tells: "everything" | "chosen";
  events: readonly WebhookEvent[];
}

export function webhookForm(webhook: Webhook | null): WebhookForm {
  const events = webhook?.events ?? [];
  return {
    url: webhook?.url ?? "",
    tells: events.length === 0 ? "everything" : "chosen",
    events: events.length === 0 ? EVENTS : events,
  };
}

/** Whether the form can be sent; the rest is the engine's to judge. */
export function isWhole({ url, tells, events }: WebhookForm): boolean {
  return url.trim() !== "" && (tells === "everything" || events.length > 0);
}

/** Address and events as they are sent; none is everything. */
export function wanted({ url, tells, events }: WebhookForm): { url: string; events: WebhookEvent[] } {
  return { url: url.trim(), events: tells === "everything" ? [] : EVENTS.filter((event) => events.includes(event)) };
}

/** The form after an event was chosen or left out. */
export function chosen(form: WebhookForm, event: WebhookEvent, on: boolean): readonly WebhookEvent[] {
  return EVENTS.filter((one) => (one === event ? on : form.events.includes(one)));
}
