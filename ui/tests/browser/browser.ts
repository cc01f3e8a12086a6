/**
 * A browser for the specs of one file: Debian's Chromium, on the built page with the host in memory.
 *
 *     const open = useBrowser();
 *     test("…", async () => {
 *       const page = await open();                        // a filled workspace, 1280 × 820, light
 *       const empty = await open({ fake: "empty" });      // nothing in it
 *       const dark = await open({ dark: true, width: 880, height: 640 });
 *       await page.evaluate(() => window.fake!.drag("enter", ["/home/mara/Desktop/Mug with lemons.jpg"]));
 *     });
 *
 * A test fails if the page throws, logs an error or breaks the content security policy. Pages are closed by themselves.
 */
import type { Server } from "node:http";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { FakeControls } from "../../src/host/fake";
import { serve } from "./serve";

declare global {
  interface Window {
    fake?: FakeControls;
  }
}

export interface OpenOptions {
  fake?: "sample" | "empty";
  width?: number;
  height?: number;
  dark?: boolean;
  reducedMotion?: boolean;
}

/** A picture of 8 × 8 grey points. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM4ceYCVsQwtCQAxj2ZAfSXEisAAAAASUVORK5CYII=";

/** Debian's Chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** Starts the browser for this file. Returns what opens a page. */
export function useBrowser(): (options?: OpenOptions) => Promise<Page> {
  let browser: Browser;
  let server: Server;
  let url: string;
  let contexts: BrowserContext[] = [];
  let troubles: string[] = [];

  beforeAll(async () => {
    ({ url, server } = await serve());
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    const seen = troubles;
    [contexts, troubles] = [[], []];
    expect(seen).toEqual([]);
  });

  return async ({ fake = "sample", width = 1280, height = 820, dark = false, reducedMotion = true } = {}) => {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      reducedMotion: reducedMotion ? "reduce" : "no-preference",
      locale: "en-GB",
    });
    contexts.push(context);
    // The server of links, which thumbnails come from: one picture for all.
    await context.route(/^http:\/\/127\.0\.0\.1:724\d\//, (route) =>
      route.fulfill({ contentType: "image/png", body: Buffer.from(PICTURE, "base64") }),
    );
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    // As in the window, where it keeps pages from tampering with what the program runs there.
    await page.addInitScript("Object.freeze(Object.prototype)");
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") troubles.push(message.text());
    });
    await page.goto(`${url}?fake=${fake}`);
    await page.getByRole("button", { name: "New bucket" }).waitFor();
    await page.evaluate(() => document.fonts.ready);
    return page;
  };
}

const SHOTS = fileURLToPath(new URL("../../test-results/", import.meta.url));

/** Takes a picture into `test-results/`, to be looked at. */
export async function shot(page: Page, name: string): Promise<void> {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: `${SHOTS}${name}.png` });
}
