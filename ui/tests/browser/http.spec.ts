/** The page in a browser, from the real server: signing in, and each flow as a person goes through it, with nothing in between. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launch, shot } from "./browser";
import { row } from "./files";
import { startPail, type Pail } from "./pail";

let pail: Pail;
let browser: Browser;
let context: BrowserContext | undefined;
let troubles: string[] = [];
const disk = mkdtempSync(join(tmpdir(), "pail-page-"));

beforeAll(async () => {
  [pail, browser] = await Promise.all([startPail(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await pail?.stop();
  rmSync(disk, { recursive: true, force: true });
});
afterEach(async () => {
  await context?.close();
  const seen = troubles;
  troubles = [];
  expect(seen).toEqual([]);
});

/** The page as it comes, before anybody has signed in. */
async function visit(): Promise<Page> {
  context = await browser.newContext({
    ...{ viewport: { width: 1280, height: 820 }, reducedMotion: "reduce", locale: "en-GB" },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    // What the server refuses is no trouble of the page; what the policy refuses is.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      troubles.push(message.text());
  });
  await page.goto(pail.url);
  return page;
}

async function signIn(page: Page, key = pail.key): Promise<void> {
  await page.getByRole("textbox", { name: "API key" }).fill(key);
  await page.keyboard.press("Enter");
}

/** The page of a bucket of its own, made by the page itself. */
async function inBucket(title: string): Promise<Page> {
  const page = await visit();
  await signIn(page);
  await page.getByRole("button", { name: "New bucket" }).click();
  const dialog = page.getByRole("dialog", { name: "New bucket" });
  await dialog.getByRole("textbox", { name: "Title" }).fill(title);
  await dialog.getByRole("button", { name: "Create bucket" }).click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  return page;
}

/** A file on the disk. Its path. */
function file(name: string, text: string): string {
  const path = join(disk, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Drops files and folders from outside on the middle of the page, as the system does. */
async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", {
      ...{ type, x: 600, y: 400 },
      data: { items: [], files, dragOperationsMask: 1 },
    });
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

function uploaded(bucket: string, filename: string, body: string, key = pail.key): Promise<Response> {
  const said = new URLSearchParams({ filename });
  return fetch(`${pail.url}/api/buckets/v1/buckets/${bucket}/blobs?${said}`, {
    ...{ method: "POST", body, headers: { "X-API-Key": key } },
  });
}

describe("signing in", () => {
  test("nothing is shown without a key, and a wrong one is told", async () => {
    const page = await visit();
    await page.getByRole("heading", { name: "Sign in to Pail" }).waitFor();
    await shot(page, "sign-in");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("Paste your key.").waitFor();
    await signIn(page, "pail_wrong");
    await page.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
    await shot(page, "sign-in-wrong");
    await signIn(page);
    await page.getByRole("button", { name: "New bucket" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sign in to Pail" }).waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 720, height: 480 });
    await shot(page, "sign-in-dark");
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  });

  test("stays for the tab where that is wanted, until the person signs out", async () => {
    const page = await visit();
    await page.getByRole("checkbox", { name: "Keep me signed in until this tab is closed" }).click();
    await signIn(page);
    await page.getByRole("button", { name: "New bucket" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Workspace" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to Pail" }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });

  test("a key that is revoked meanwhile is told, and what was written stays", async () => {
    const key = pail.run("key", "create", "short-lived", "--privilege", "admin");
    pail.run("bucket", "create", "Left behind");
    const page = await visit();
    await signIn(page, key);
    await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: "Left behind" }).click();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("textbox", { name: "Notes" }).fill("Not saved yet");
    pail.run("key", "revoke", "short-lived");
    await page
      .getByText(/revoked/)
      .first()
      .waitFor();
    await shot(page, "browser-revoked");
    expect(await page.getByRole("textbox", { name: "Notes" }).inputValue()).toBe("Not saved yet");
  });

  test("a key that may little shows what it may", async () => {
    pail.run("user", "create", "jonas");
    const key = pail.run("key", "create", "of-jonas", "--user", "jonas", "--privilege", "edit_buckets");
    pail.run("bucket", "create", "Shared with all");
    const page = await visit();
    await signIn(page, key);
    await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: "Shared with all" }).waitFor();
  });
});

describe("files", () => {
  test("are dropped, folders too, shown, copied as links and downloaded", async () => {
    const page = await inBucket("Drops");
    file("Photos/Large/Größe 1.txt", "large");
    await drop(page, file("Read me.txt", "first"), join(disk, "Photos"));
    await row(page, "Read me.txt").waitFor();
    await row(page, "Photos").waitFor();
    await row(page, "Read me.txt").click();
    await page.keyboard.press("Control+Shift+c");
    await expect.poll(() => copied(page)).toMatch(/^http/);
    expect(await (await fetch(await copied(page))).text()).toBe("first");
    const downloading = page.waitForEvent("download");
    await page.keyboard.press("Control+s");
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("Read me.txt");
    expect(readFileSync(await download.path(), "utf8")).toBe("first");
    await row(page, "Photos").dblclick();
    await row(page, "Large").dblclick();
    await row(page, "Größe 1.txt").waitFor();
  });

  test("of the same name become versions, which Undo takes back; another file's name is chosen about", async () => {
    const page = await inBucket("Versions");
    await drop(page, file("a b.txt", "one"));
    await row(page, "a b.txt").waitFor();
    await drop(page, file("a b.txt", "two!"));
    await row(page, "a b.txt").getByText("v2").waitFor();
    await page.keyboard.press("Control+z");
    await shot(page, "browser-undone");
    await row(page, "a b.txt").getByText("v2").waitFor({ state: "detached" });
    await drop(page, file("a_b.txt", "other"));
    await page.getByText("Its name meets that of “a b.txt”").waitFor();
    await shot(page, "browser-meets");
    await page.getByRole("button", { name: /^Keep both/ }).click();
    await expect.poll(() => pail.run("file", "list", "versions")).toContain("a_b-2.txt");
  });

  test("are chosen with the browser's dialog, and one over the limit is refused with words", async () => {
    pail.run("bucket", "create", "Small files", "--max-file-size", "1KiB");
    const page = await visit();
    await signIn(page);
    await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: "Small files" }).click();
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Add files", exact: true }).click();
    await (await choosing).setFiles([file("small.txt", "s"), file("large.bin", "x".repeat(4_000_000))]);
    await row(page, "small.txt").waitFor();
    await page.getByText(/over the limit of 1 KiB/).waitFor();
    await shot(page, "browser-refused");
    expect(pail.run("file", "list", "small-files")).not.toContain("large.bin");
  });

  test("what needs the machine that Pail runs on is not offered", async () => {
    const page = await inBucket("No machine");
    await drop(page, file("c.txt", "c"));
    await row(page, "c.txt").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Copy link" }).waitFor();
    expect(await page.getByRole("menuitem", { name: /^Edit/ }).count()).toBe(0);
    await page.keyboard.press("Escape");
    const opening = page.context().waitForEvent("page");
    await row(page, "c.txt").dblclick();
    const opened = await opening;
    await opened.getByText("c", { exact: true }).waitFor();
  });
});

test("what others do is seen as it happens, also after the line was cut", async () => {
  const page = await inBucket("Live");
  await uploaded("live", "by a script.txt", "1");
  await row(page, "by a script.txt").waitFor();
  await page.context().setOffline(true);
  await uploaded("live", "meanwhile.txt", "2");
  await page.context().setOffline(false);
  await row(page, "meanwhile.txt").waitFor();
});

test("data is edited and saved as it was written", async () => {
  const page = await inBucket("Numbers");
  await page.getByRole("tab", { name: "Data" }).click();
  const text = page.getByRole("textbox", { name: "Data of Numbers" });
  await text.click();
  await page.keyboard.press("Control+a");
  const document = '{"big": 1836486125467611137, "one": 1.0}';
  await page.evaluate((text) => navigator.clipboard.writeText(text), document);
  await page.keyboard.press("Control+v");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(() => pail.run("data", "show", "numbers")).toBe(document);
});

test("while files hover, the page says where they would go", async () => {
  const page = await inBucket("Hover");
  const session = await page.context().newCDPSession(page);
  const hover = (type: "dragEnter" | "dragOver") =>
    session.send("Input.dispatchDragEvent", {
      ...{ type, x: 600, y: 400 },
      data: { items: [], files: [file("d.txt", "d")], dragOperationsMask: 1 },
    });
  await hover("dragEnter");
  // A drag that says nothing for a while counts as gone, and a picture takes a while.
  for (const seen of ["heading", "text", "picture"]) {
    await hover("dragOver");
    if (seen === "heading") await page.getByRole("heading", { name: "Drop to add to Hover" }).waitFor();
    else if (seen === "text") await page.getByText("What comes in shows once you let go").waitFor();
    else await shot(page, "browser-hover");
  }
  // Nothing more is heard of the drag, as when the person breaks it off.
  await page.getByRole("heading", { name: "Drop to add to Hover" }).waitFor({ state: "detached" });
});

test("webhooks are made with a secret, and addresses on the machine itself are refused with the way out", async () => {
  const page = await inBucket("Told");
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  const form = page.getByRole("dialog", { name: "Add webhook" });
  await form.getByRole("textbox", { name: "Address" }).fill("http://127.0.0.1:9/hook");
  await page.keyboard.press("Enter");
  await form.getByRole("alert").filter({ hasText: /\w/ }).waitFor();
  await shot(page, "browser-webhook");
  await form.getByRole("textbox", { name: "Address" }).fill("https://hooks.example.org/pail");
  await form.getByRole("radio", { name: "Only of" }).click();
  await form.getByRole("checkbox", { name: "Changed data" }).click();
  await page.keyboard.press("Tab");
  await form.getByRole("button", { name: "Add webhook" }).click();
  const secret = page.getByRole("dialog", { name: "Secret of the webhook" });
  await secret.getByRole("button", { name: "Copy secret" }).click();
  await expect.poll(() => copied(page)).toMatch(/^whsec_/);
  await secret.getByRole("button", { name: "Done" }).click();
  const line = page.getByRole("listitem", { name: "https://hooks.example.org/pail" });
  await line.getByText("new, replaced, deleted, expired, bucket deleted").waitFor();
  await line.getByRole("button", { name: /^Deliveries/ }).click();
  await page
    .getByRole("dialog", { name: "Deliveries" })
    .getByText(/^Nothing was told yet/)
    .waitFor();
});

test("in a bucket whose links need a signature, pictures are shown all the same", async () => {
  const page = await inBucket("Signed");
  pail.run("bucket", "update", "signed", "--permalink", "signed");
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mM4ceYCVsQwtCQAxj2ZAfSXEisAAAAASUVORK5CYII=",
    "base64",
  );
  const path = join(disk, "dot.png");
  writeFileSync(path, picture);
  await drop(page, path);
  await row(page, "dot.png").click();
  const shown = page.getByRole("img", { name: "dot.png" });
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
});
