/** Webhooks of the stand-in: what they are told, and that nobody answers until a test says so. */
import type { Webhook } from "../../bindings/wire";
import type { Handlers } from "./buckets";
import { refuse } from "./rules";
import { nextId, type Store } from "./store";

function webhookOf(store: Store, id: string): Webhook {
  return (
    store.webhooks.find((webhook) => webhook.id === id) ??
    refuse("webhook_not_found", "There is no such webhook. List those of its bucket.")
  );
}

function checkUrl(url: string): void {
  if (!/^https?:\/\/[^\s/]+/.test(url))
    refuse("invalid_address", `“${url}” is no address for a webhook. Write one that begins with https:// or http://.`);
}

function put(store: Store, webhook: Webhook): Webhook {
  store.webhooks = store.webhooks.map((other) => (other.id === webhook.id ? webhook : other));
  store.event("webhook_changed", webhook.bucket, null, webhook.url);
  return webhook;
}

export const webhookHandlers: Handlers = {
  webhook_list(store, { bucket }) {
    const { id } = store.liveBucket(bucket);
    return store.webhooks.filter((webhook) => webhook.bucket === id);
  },
  webhook_create(store, { bucket: reference, url, events = [] }) {
    const bucket = store.liveBucket(reference);
    checkUrl(url);
    const webhook: Webhook = {
      ...{ id: nextId("h", 12), bucket: bucket.id, url, events, enabled: true, off: null, failing: null },
      ...{ waiting: 0, created: store.now(), createdBy: store.me },
    };
    store.webhooks = [...store.webhooks, webhook];
    store.event("webhook_changed", bucket.id, null, url);
    return { webhook, secret: `whsec_${nextId("", 43)}=` };
  },
  webhook_update(store, { webhook: id, ...changes }) {
    const webhook = webhookOf(store, id);
    if (changes.url !== undefined) checkUrl(changes.url);
    return put(store, { ...webhook, ...changes, off: changes.enabled ? null : webhook.off });
  },
  webhook_delete(store, { webhook: id }) {
    const webhook = webhookOf(store, id);
    store.webhooks = store.webhooks.filter((other) => other !== webhook);
    store.deliveries = store.deliveries.filter((one) => one.webhook !== id);
    store.event("webhook_changed", webhook.bucket, null, webhook.url);
    return {};
  },
  delivery_list(store, { webhook: id, before, limit = 100 }) {
    const all = store.deliveries.filter((one) => one.webhook === webhookOf(store, id).id);
    const start = before === undefined ? 0 : all.findIndex((one) => one.id === before) + 1;
    return all.slice(start, start + limit);
  },
  delivery_resend(store, { delivery: id }) {
    const found = store.deliveries.find((one) => one.id === id);
    if (!found) return refuse("webhook_not_found", "There is no such delivery. List those of its webhook.");
    const next = { ...found, state: "waiting" as const, due: store.now() };
    store.deliveries = store.deliveries.map((one) => (one === found ? next : one));
    return next;
  },
};
