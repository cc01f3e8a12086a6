/** Webhooks in a bucket's Settings: made with a secret that is shown once, switched, changed, deleted, and what they were told. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Delivery } from "../../src/bindings/wire";
import { shot, useBrowser, type OpenOptions } from "./browser";
import { notice } from "./files";

const open = useBrowser();
const URL = "https://hooks.example.org/pail";

async function openSettings(options?: OpenOptions): Promise<Page> {
  const page = await open(options);
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("list", { name: "Webhooks" }).waitFor({ state: "attached" });
  return page;
}

async function withWebhook(options?: OpenOptions): Promise<{ page: Page; line: Locator }> {
  const page = await openSettings(options);
  await page.evaluate(async (url) => {
    const { store } = window.fake!;
    const [bucket] = store.buckets.values();
    store.webhooks = [
      {
        ...{ id: "h1", bucket: bucket!.id, url, events: ["object.created", "data.changed"], enabled: true },
        ...{ off: null, failing: null, waiting: 1, created: 0, createdBy: "Mara" },
      },
    ];
    store.event("webhook_changed", bucket!.id, null, url);
  }, URL);
  const line = page.getByRole("listitem", { name: URL });
  await line.waitFor();
  await line.scrollIntoViewIfNeeded();
  return { page, line };
}

/** Puts deliveries into the log, the newest first. */
function told(page: Page, states: Pick<Delivery, "state" | "status" | "attempts">[]): Promise<void> {
  return page.evaluate((states) => {
    const { store } = window.fake!;
    store.deliveries = states.map((state, i) => ({
      ...{ id: `d${i}`, webhook: "h1", event: "object.created" as const, body: `{"type":"object.created","n":${i}}` },
      ...{ created: store.now() - i * 60_000, tried: store.now(), due: null, said: "busy", delivered: null, ...state },
    }));
  }, states);
}

const webhooks = (page: Page) => page.evaluate(() => window.fake!.store.webhooks);

test("one is made by keyboard, its secret is shown once and not lost by a slip", async () => {
  const page = await openSettings();
  await page.getByText("None yet.").waitFor();
  await page.getByRole("button", { name: "Add webhook" }).press("Enter");
  const form = page.getByRole("dialog", { name: "Add webhook" });
  await page.keyboard.press("Enter");
  await form.getByRole("alert").getByText("Write the address").waitFor();
  await form.getByRole("textbox", { name: "Address" }).fill("ftp://example.org");
  await page.keyboard.press("Enter");
  await form
    .getByRole("alert")
    .getByText(/no address for a webhook/)
    .waitFor();
  await form.getByRole("textbox", { name: "Address" }).fill(URL);
  await form.getByRole("radio", { name: "Only of" }).click();
  await form.getByRole("checkbox", { name: "New files" }).click();
  await shot(page, "webhook-form");
  await form.getByRole("button", { name: "Add webhook" }).click();
  const secret = page.getByRole("dialog", { name: "Secret of the webhook" });
  await secret.getByRole("textbox", { name: "Secret" }).waitFor();
  await page.keyboard.press("Escape");
  await secret
    .getByRole("alert")
    .getByText(/not copied/)
    .waitFor();
  await secret.getByRole("button", { name: "Copy secret" }).click();
  await expect.poll(() => page.evaluate(() => window.fake!.copied[0])).toMatch(/^whsec_/);
  await secret.getByRole("button", { name: "Done" }).click();
  await page
    .getByRole("listitem", { name: URL })
    .getByText("replaced, deleted, expired, data, bucket deleted")
    .waitFor();
});

test("it is switched off and changed with Undo, and deleted after a question", async () => {
  const { page, line } = await withWebhook();
  await line.getByText("new, data · 1 waits").waitFor();
  await line.getByRole("switch", { name: `Tells ${URL}` }).click();
  await notice(page, `${URL} is told no more`);
  expect((await webhooks(page))[0]!.enabled).toBe(false);
  await page.keyboard.press("Control+z");
  await expect.poll(async () => (await webhooks(page))[0]!.enabled).toBe(true);
  await line.getByRole("button", { name: `Change ${URL}` }).click();
  const form = page.getByRole("dialog", { name: "Change webhook" });
  await form.getByRole("radio", { name: "Everything" }).click();
  await form.getByRole("button", { name: "Save webhook" }).click();
  await line.getByText("Everything").waitFor();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
  await line.getByText("new, data · 1 waits").waitFor();
  await line.getByRole("button", { name: `Delete the webhook to ${URL}` }).click();
  await line.getByRole("button", { name: "Delete webhook" }).click();
  await page.getByText("None yet.").waitFor();
});

test("the log tells what came of each message, shows it, and sends it again", async () => {
  const { page, line } = await withWebhook();
  await told(page, [
    { state: "waiting", status: 503, attempts: 2 },
    { state: "delivered", status: 204, attempts: 1 },
    { state: "given_up", status: null, attempts: 9 },
  ]);
  await line.getByRole("button", { name: `Deliveries to ${URL}` }).click();
  const log = page.getByRole("dialog", { name: "Deliveries" });
  await log.getByText("Waiting, answered 503, 2 tries").waitFor();
  await log.getByText("Delivered, answered 204").waitFor();
  const lost = log.getByRole("listitem").nth(2);
  await lost.getByText("Given up, 9 tries").waitFor();
  await lost.getByRole("button", { expanded: false }).click();
  await lost.getByText('{"type":"object.created","n":2}').waitFor();
  await shot(page, "webhook-log");
  await lost.getByRole("button", { name: /^Resend/ }).click();
  await notice(page, "It is sent again");
  await lost.getByText(/^Waiting/).waitFor();
  // What comes of it is seen without asking.
  await told(page, [{ state: "delivered", status: 200, attempts: 10 }]);
  await log.getByText("Delivered, answered 200").waitFor();
});

test("a log of many shows older ones on request; an empty one says so", async () => {
  const { page, line } = await withWebhook();
  const button = line.getByRole("button", { name: `Deliveries to ${URL}` });
  await button.click();
  const log = page.getByRole("dialog", { name: "Deliveries" });
  await log.getByText(/^Nothing was told yet/).waitFor();
  await page.keyboard.press("Escape");
  await told(page, Array(70).fill({ state: "delivered", status: 200, attempts: 1 }));
  await button.click();
  await expect.poll(() => log.getByRole("listitem").count()).toBe(50);
  await log.getByRole("button", { name: "Show older" }).click();
  await expect.poll(() => log.getByRole("listitem").count()).toBe(70);
});

test.each([
  ["light", {}],
  ["dark", { dark: true }],
  ["narrow", { width: 880, height: 640 }],
  ["least", { width: 720, height: 480 }],
] as const)("%s: nothing runs over", async (name, options) => {
  const { page, line } = await withWebhook(options);
  await shot(page, `webhooks-${name}`);
  expect(await line.evaluate((row) => row.scrollWidth > row.clientWidth)).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
});
