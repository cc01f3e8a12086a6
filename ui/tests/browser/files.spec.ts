/** The file list in a browser: sorting, searching, selecting, naming, moving, deleting and the inspector. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser } from "./browser";
import { names, notice, row } from "./files";

const open = useBrowser();

async function selected(page: Page): Promise<string[]> {
  return names(page.locator("[role=row][aria-selected=true]"));
}

describe("the list", () => {
  test("has folders first, then files by name, and counts them", async () => {
    const page = await open();
    const shown = await names(page.getByRole("row"));
    expect(shown.slice(0, 3)).toEqual(["Print masters", "Brand guidelines 3.1.pdf", "Colour values.json"]);
    expect(await page.getByText("18 items, 23 files · 1.79 GB").count()).toBe(1);
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("18");
  });

  test("sorts the whole bucket by a column, and turns it round", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Sort by size" }).click();
    await expect.poll(async () => (await names(page.getByRole("row")))[1]).toBe("Hero film 30 s.mp4");
    await page.getByRole("button", { name: "Sort by size, descending" }).click();
    await expect.poll(async () => (await names(page.getByRole("row")))[1]).toBe("Read me first.md");
    await page.getByRole("button", { name: "Sort by added" }).click();
    await expect.poll(async () => (await names(page.getByRole("row"))).at(-1)).toBe("Packaging dielines.pdf");
  });

  test("searches the whole bucket, folders too, and says when nothing matches", async () => {
    const page = await open();
    await page.keyboard.press("/");
    await page.keyboard.type("poster");
    await expect.poll(() => names(page.getByRole("row"))).toEqual(["A2 poster.pdf", "A3 poster.pdf"]);
    expect(await row(page, "A2 poster.pdf").getByText("print_masters").count()).toBe(1);
    await page.getByRole("searchbox", { name: "Search in this bucket" }).fill("dieline of nothing");
    await page.getByText("No file matches “dieline of nothing”").waitFor();
    await page.getByRole("button", { name: "Clear search" }).last().click();
    await row(page, "Print masters").waitFor();
  });

  test("opens a folder, and leads back out of it", async () => {
    const page = await open();
    await row(page, "Print masters").dblclick();
    await row(page, "A2 poster.pdf").waitFor();
    expect(await page.getByRole("row").count()).toBe(6);
    await page.keyboard.press("Backspace");
    await row(page, "Brand guidelines 3.1.pdf").waitFor();
    await row(page, "Print masters").dblclick();
    await page.getByRole("navigation", { name: "Folders" }).getByRole("button").click();
    await row(page, "Brand guidelines 3.1.pdf").waitFor();
  });

  test("says what went wrong and tries again", async () => {
    const page = await open();
    await page
      .getByRole("list", { name: "Buckets" })
      .getByText("Press kit")
      .evaluate((bucket) => {
        window.fake!.failNext = { name: "object_list", code: "database", message: "The database is busy. Try again." };
        (bucket as HTMLElement).click();
      });
    await page.getByText("The database is busy. Try again.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => page.getByRole("row").count()).toBeGreaterThan(10);
  });
});

describe("selecting", () => {
  test("works with the mouse: one, a range, one more", async () => {
    const page = await open();
    await row(page, "Colour values.json").click();
    await row(page, "Hero film 30 s.mp4").click({ modifiers: ["Shift"] });
    await row(page, "Read me first.md").click({ modifiers: ["Control"] });
    const four = ["Colour values.json", "Halden Grotesk.zip", "Hero film 30 s.mp4", "Read me first.md"];
    await expect.poll(() => selected(page)).toEqual(four);
    expect(await page.getByText(/^4 selected · /).count()).toBe(1);
    expect(await page.getByRole("complementary", { name: "Inspector" }).getByText("4 selected").count()).toBe(1);
  });

  test("works with the keyboard: arrows, Shift, letters, Ctrl+A, Escape", async () => {
    const page = await open();
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await expect.poll(() => selected(page)).toEqual(["Brand guidelines 3.1.pdf", "Colour values.json"]);
    await page.keyboard.type("prin");
    await expect.poll(() => selected(page)).toEqual(["Print masters"]);
    await page.keyboard.press("End");
    await expect.poll(() => selected(page)).toEqual(["Voice-over final.wav"]);
    await page.keyboard.press("Control+a");
    await page.getByText("18 selected · 1.79 GB").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => selected(page)).toEqual([]);
  });

  test("keeps the selection when another hand changes the list", async () => {
    const page = await open();
    await row(page, "Halden Grotesk.zip").click();
    await page.evaluate(() => {
      const { store } = window.fake!;
      store.put([...store.buckets.keys()][0]!, "aaa.txt", "Aaa.txt", 10, "text/plain", "A script");
    });
    await row(page, "Aaa.txt").waitFor();
    expect(await selected(page)).toEqual(["Halden Grotesk.zip"]);
  });
});

describe("acts", () => {
  test("renaming keeps the extension out of the way, and can be undone", async () => {
    const page = await open();
    await row(page, "Read me first.md").click();
    await page.keyboard.press("F2");
    await page.keyboard.type("Start here");
    await page.keyboard.press("Enter");
    await row(page, "Start here.md").waitFor();
    await notice(page, "Read me first.md is now Start here.md");
    await page.keyboard.press("Control+z");
    await row(page, "Read me first.md").waitFor();
  });

  test("a name that is taken is told beside the field, which stays", async () => {
    const page = await open();
    await row(page, "Read me first.md").click();
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Halden Grotesk.zip");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "Choose another name" }).waitFor();
    await page.keyboard.press("Escape");
    await row(page, "Read me first.md").waitFor();
  });

  test("deleting names what went and can be undone from its notice", async () => {
    const page = await open();
    await row(page, "Read me first.md").click();
    await page.keyboard.press("Delete");
    await notice(page, "Read me first.md deleted");
    await expect.poll(() => row(page, "Read me first.md").count()).toBe(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, "Read me first.md").waitFor();
  });

  test("several files and a folder are deleted together", async () => {
    const page = await open();
    await row(page, "Print masters").click();
    await row(page, "Colour values.json").click({ modifiers: ["Shift"] });
    await page.keyboard.press("Delete");
    await notice(page, "8 files deleted");
    await page.keyboard.press("Control+z");
    await row(page, "Print masters").waitFor();
  });

  test("rows are moved by dragging them onto a folder", async () => {
    const page = await open();
    const from = (await row(page, "Voice-over final.wav").boundingBox())!;
    const to = (await row(page, "Print masters").boundingBox())!;
    await page.mouse.move(from.x + 100, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 120, to.y + 15, { steps: 12 });
    await shot(page, "files-row-drag");
    await page.mouse.up();
    await notice(page, "Voice-over final.wav moved to Print masters");
    await expect.poll(() => row(page, "Voice-over final.wav").count()).toBe(0);
    await page.keyboard.press("Control+z");
    await row(page, "Voice-over final.wav").waitFor();
  });

  test("rows are moved to a new folder by the dialog", async () => {
    const page = await open();
    await row(page, "Read me first.md").click();
    await page.keyboard.press("Control+m");
    const dialog = page.getByRole("dialog", { name: "Move Read me first.md" });
    await dialog.getByRole("textbox", { name: "New folder here" }).fill("Notes");
    await shot(page, "files-move");
    await dialog.getByRole("button", { name: "Move" }).click();
    await row(page, "Notes").waitFor();
    await row(page, "Notes").dblclick();
    await row(page, "Read me first.md").waitFor();
  });

  test("the menu comes by right-click and by Shift+F10, and closes back to the list", async () => {
    const page = await open();
    await row(page, "Halden Grotesk.zip").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Rename" }).waitFor();
    await shot(page, "files-menu");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("menu").count()).toBe(0);
    await page.getByRole("grid").focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Copy link" }).click();
    await notice(page, "Link copied. It works on this computer while Pail is open");
    expect(await page.evaluate(() => window.fake!.copied[0])).toMatch(/\/halden_grotesk\.zip$/);
  });

  test("every file can be opened, edited and linked from where it stands", async () => {
    const page = await open();
    await row(page, "Halden Grotesk.zip").dblclick();
    await row(page, "Colour values.json").click();
    await page.keyboard.press("Control+e");
    await row(page, "Colour values.json").getByText("Open for editing").waitFor();
    expect(await page.evaluate(() => window.fake!.opened)).toEqual(["halden_grotesk.zip", "colour_values.json"]);
    await page.getByRole("button", { name: "Finish editing" }).click();
    await expect.poll(() => row(page, "Colour values.json").getByText("Open for editing").count()).toBe(0);
    await page.getByRole("button", { name: "Copy link to Colour values.json" }).click();
    await expect.poll(() => page.evaluate(() => window.fake!.copied.length)).toBe(1);
  });
});

describe("the inspector", () => {
  test("shows a picture, its facts, link and versions, and restores one", async () => {
    const page = await open();
    await row(page, "Mug with lemons.jpg").click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByRole("img", { name: "Mug with lemons.jpg" }).waitFor();
    await inspector.getByText("JPEG image · 8.42 MB").waitFor();
    await inspector.getByText("mug_with_lemons.jpg", { exact: true }).waitFor();
    await inspector.getByRole("button", { name: "Copy link", exact: true }).click();
    await notice(page, "Link copied. It works on this computer while Pail is open");
    await inspector.getByRole("button", { name: "Restore version 1" }).click();
    await notice(page, "Mug with lemons.jpg is back at the content of version 1");
    await shot(page, "files-light");
  });

  test("is a sheet over the list where there is little room, and Escape closes it", async () => {
    const page = await open({ width: 720, height: 480 });
    await row(page, "Halden Grotesk.zip").click();
    await page.getByRole("button", { name: "Inspector" }).click();
    await page.getByRole("complementary", { name: "Inspector" }).getByText("ZIP archive").waitFor();
    await shot(page, "files-tight");
    await page.getByRole("button", { name: "Close inspector" }).focus();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("complementary", { name: "Inspector" }).count()).toBe(0);
  });
});

describe("in the dark and in a narrow window", () => {
  test("the list keeps its columns and its names", async () => {
    const dark = await open({ dark: true });
    await row(dark, "Mug with lemons.jpg").click();
    await shot(dark, "files-dark");
    const narrow = await open({ width: 880, height: 640 });
    await row(narrow, "Packaging dielines.pdf").click();
    await shot(narrow, "files-narrow");
    expect(await narrow.getByRole("row").first().isVisible()).toBe(true);
    await narrow.getByRole("button", { name: "Search in this bucket" }).click();
    await narrow.keyboard.type("lemons");
    await expect.poll(() => names(narrow.getByRole("row"))).toEqual(["Mug with lemons.jpg"]);
  });
});
