/** The frame of the window in a browser: buckets, pages, keys, undo, and how it looks at every size. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser } from "./browser";

const open = useBrowser();

const bucketTitles = (page: Page) => page.getByRole("list", { name: "Buckets" }).getByRole("button").allInnerTexts();
/** The title of the open bucket. */
const head = (page: Page, title: string) => page.getByRole("heading", { level: 1, name: title, exact: true });
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("data-region") ?? null);

async function deleteFiles(page: Page, n: number) {
  await page.evaluate((n) => {
    const store = window.fake!.store;
    const bucket = [...store.buckets.values()][0]!;
    for (const kept of store.live(bucket.id).slice(0, n)) kept.info = { ...kept.info, deleted: Date.now() };
    store.recount(bucket.id);
    store.event("object_deleted", bucket.id, null, "", n);
  }, n);
}

describe("buckets", () => {
  test("a new bucket is made by keyboard alone and opens", async () => {
    const page = await open({ fake: "empty" });
    await page.keyboard.press("Control+n");
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type("Spring campaign 2027");
    await page.keyboard.press("Enter");
    await head(page, "Spring campaign 2027").waitFor();
    expect(await bucketTitles(page)).toEqual(["Spring campaign 2027\n0 files · 0 B"]);
  });

  test("search narrows the list, Enter opens the first, Escape brings all back", async () => {
    const page = await open();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("press");
    expect((await bucketTitles(page)).map((text) => text.split("\n")[0])).toEqual(["Press kit"]);
    await page.keyboard.press("Escape");
    expect((await bucketTitles(page)).length).toBe(9);
    await page.keyboard.type("invoices");
    await page.keyboard.press("Enter");
    await head(page, "Invoices 2026").waitFor();
  });

  test("a deleted bucket comes back by Undo, by Ctrl+Z, and goes again by Ctrl+Shift+Z", async () => {
    const page = await open();
    const deliverables = head(page, "Client deliverables");
    const remove = async () => {
      await page.getByRole("button", { name: "More for Client deliverables" }).click();
      await page.getByRole("menuitem", { name: "Delete bucket" }).click();
      await deliverables.waitFor({ state: "detached" });
    };
    await remove();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await deliverables.waitFor();
    await remove();
    await page.keyboard.press("Control+z");
    await deliverables.waitFor();
    await page.keyboard.press("Control+Shift+z");
    await deliverables.waitFor({ state: "detached" });
  });

  test("emptying a bucket of files moves them to the trash, with Undo", async () => {
    const page = await open();
    const row = page.getByRole("list", { name: "Buckets" }).getByRole("button").first();
    await page.getByRole("button", { name: "More for Client deliverables" }).click();
    await page.getByRole("menuitem", { name: "Empty of files" }).click();
    await page.getByRole("button", { name: "Trash, 23 items" }).waitFor();
    expect(await row.innerText()).toContain("0 files · 0 B");
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Trash", exact: true }).waitFor();
    expect(await row.innerText()).toContain("23 files · 1.79 GB");
  });
});

describe("first start", () => {
  test("chosen files make the first bucket and go into it", async () => {
    const page = await open({ fake: "empty" });
    await page.evaluate(() => {
      window.fake!.store.disk.add({ path: "/home/mara/mug.jpg", size: 8_420_000 });
      window.fake!.picks = ["/home/mara/mug.jpg"];
    });
    await page.getByRole("button", { name: "Choose files" }).click();
    await head(page, "My files").waitFor();
    await page.getByRole("row", { name: "mug.jpg" }).waitFor();
  });

  test("a dropped folder names the first bucket", async () => {
    const page = await open({ fake: "empty" });
    await page.evaluate(() => {
      window.fake!.store.disk.add({ path: "/home/mara/Holiday 2026/sea.jpg", size: 1000 });
      window.fake!.drag("enter", ["/home/mara/Holiday 2026"]);
    });
    await shot(page, "first-start-hover");
    await page.evaluate(() => window.fake!.drag("drop", ["/home/mara/Holiday 2026"]));
    await head(page, "Holiday 2026").waitFor();
  });
});

describe("settings", () => {
  test("a bucket's settings are saved, shown in its head, and undone", async () => {
    const page = await open();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Deliverables");
    await page.getByRole("textbox", { name: "Most files" }).fill("500");
    await page.getByRole("button", { name: "PDF" }).click();
    await page.getByRole("button", { name: "Save settings" }).click();
    await head(page, "Deliverables").waitFor();
    await page.getByText("At most 500 files").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await head(page, "Client deliverables").waitFor();
    expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("Client deliverables");
  });

  test("leaving with changes asks; staying keeps them, leaving drops them", async () => {
    const page = await open();
    await page.getByRole("tab", { name: "Settings" }).click();
    await page.getByRole("textbox", { name: "Title" }).fill("Other");
    await page.getByRole("button", { name: "Trash" }).click();
    await shot(page, "settings-leaving");
    await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click();
    expect(await page.getByRole("textbox", { name: "Title" }).inputValue()).toBe("Other");
    await page.evaluate(() => window.fake!.close());
    await page.getByRole("alertdialog").getByRole("button", { name: "Leave without saving" }).click();
    expect(await page.evaluate(() => window.fake!.closed)).toBe(true);
  });

  test("whether programs may delete buckets is switched, saved, and taken back by Undo", async () => {
    const page = await open();
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    const allowed = page.getByRole("switch", { name: "Programs may delete buckets" });
    const kept = () => page.evaluate(() => window.fake!.store.workspace.apiDeletion);
    expect(await allowed.isChecked()).toBe(true);
    await allowed.press("Space");
    expect([await allowed.isChecked(), await kept()]).toEqual([false, true]);
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect.poll(kept).toBe(false);
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await expect.poll(kept).toBe(true);
    await expect.poll(() => allowed.isChecked()).toBe(true);
    // The words behind it press it too.
    await page.getByText("Programs may delete buckets").click();
    expect(await allowed.isChecked()).toBe(false);
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect.poll(kept).toBe(false);
    await page.getByRole("navigation").getByRole("button", { name: "Trash" }).click();
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    expect(await allowed.isChecked()).toBe(false);
  });

  test("the colours follow the setting at once", async () => {
    const page = await open();
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    await page.getByRole("radio", { name: "Dark" }).click();
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    expect(await background()).not.toBe(light);
  });
});

describe("trash", () => {
  test("a file is restored, and another deleted for good after a question that names it", async () => {
    const page = await open();
    await deleteFiles(page, 2);
    await page.getByRole("button", { name: "Trash, 2 items" }).click();
    await page.getByRole("button", { name: "Restore A2 poster.pdf" }).click();
    await page.getByRole("row", { name: "A2 poster.pdf" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Delete A3 poster.pdf for good" }).click();
    const question = page.getByRole("alertdialog", { name: "Delete A3 poster.pdf for good?" });
    await question.getByRole("button", { name: "Delete for good" }).click();
    await page.getByText("The trash is empty").waitFor();
  });

  test("emptying names how much goes", async () => {
    const page = await open();
    await deleteFiles(page, 12);
    await page.getByRole("button", { name: "Trash, 12 items" }).click();
    await page.getByRole("button", { name: "Empty trash" }).click();
    await page.getByRole("button", { name: "Delete 12 files for good" }).click();
    await page.getByText("The trash is empty").waitFor();
  });
});

describe("notices", () => {
  test("a notice goes by itself, but not while it is pointed at", async () => {
    const page = await open();
    await page.clock.install();
    await page.getByRole("button", { name: "More for Client deliverables" }).click();
    await page.getByRole("menuitem", { name: "Copy address" }).click();
    const notice = page.getByRole("status").getByText("Address copied");
    await notice.hover();
    await page.clock.runFor(20_000);
    expect(await notice.count()).toBe(1);
    await page.mouse.move(700, 200);
    await page.clock.runFor(8_500);
    expect(await notice.count()).toBe(0);
  });

  test("what the program has to say from the start is said", async () => {
    const page = await open();
    const text = "Port 7245 is taken, so links are served on port 7246.";
    await page.evaluate((text) => {
      const store = window.fake!.store;
      store.status = { server: "http://127.0.0.1:7246", notice: text };
      store.event("workspace_updated", null, null, "");
    }, text);
    await page.getByRole("status").getByText(text).waitFor();
  });
});

describe("by keyboard", () => {
  test("F6 and Shift+F6 go round the regions, and each keeps its place", async () => {
    const page = await open();
    const seen: (string | null)[] = [];
    for (let n = 0; n < 5; n++) {
      await page.keyboard.press("F6");
      seen.push(await focused(page));
    }
    expect(seen).toEqual(["sidebar", "header", "tabs", "tools", "content"]);
    await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: "Press kit" }).focus();
    await page.keyboard.press("F6");
    await page.keyboard.press("Shift+F6");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("Press kit");
  });

  test("Escape closes a dialog and returns the focus to what opened it", async () => {
    const page = await open();
    await page.getByRole("button", { name: "New bucket" }).press("Enter");
    await page.getByRole("textbox", { name: "Title" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "New bucket");
  });
});

describe("the look", () => {
  const sizes = [
    ["light", { width: 1280, height: 820 }],
    ["dark", { width: 1280, height: 820, dark: true }],
    ["narrow", { width: 880, height: 640 }],
    ["least", { width: 720, height: 480 }],
  ] as const;

  test.each(sizes)("%s: parts have the measures of the look, and nothing runs over", async (name, options) => {
    const page = await open(options);
    await shot(page, `shell-${name}`);
    const box = async (selector: string) => (await page.locator(selector).first().boundingBox())!;
    const narrow = options.width < 960;
    expect((await box("aside")).width).toBe(narrow ? 184 : 232);
    expect((await box("[data-region=header]")).height).toBe(64);
    expect((await box("[role=tablist]")).height).toBe(40);
    expect((await box("[data-bucket]")).height).toBe(narrow ? 36 : 40);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBe(0);
    await page.getByRole("tab", { name: "Settings" }).click();
    await shot(page, `bucket-settings-${name}`);
    await page.getByRole("navigation").getByRole("button", { name: "Settings" }).click();
    await shot(page, `settings-${name}`);
    await deleteFiles(page, 9);
    await page.getByRole("button", { name: "Trash" }).click();
    await page.getByRole("row", { name: "A2 poster.pdf" }).waitFor();
    await shot(page, `trash-${name}`);
  });
});
