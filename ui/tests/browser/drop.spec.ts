/** Files that hover, are let go, and come in: verdicts, choices, progress, and what did not come in. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser } from "./browser";
import { names, notice, row } from "./files";

const open = useBrowser();
const HOME = "/home/mara/Desktop/";

interface OnDisk {
  name: string;
  size?: number;
  mediaType?: string;
}

/** Puts files on the stand-in's disk. Returns the paths a drag would carry: a folder is one of them. */
async function onDisk(page: Page, files: OnDisk[]): Promise<string[]> {
  const disk = files.map(({ name, size = 1000, mediaType }) => ({ path: HOME + name, size, mediaType }));
  await page.evaluate((found) => window.fake!.store.disk.add(...found), disk);
  return [...new Set(files.map(({ name }) => HOME + name.split("/")[0]))];
}

function drag(page: Page, phase: "enter" | "drop", paths: string[]): Promise<void> {
  return page.evaluate(([phase, paths]) => window.fake!.drag(phase, paths), [phase, paths] as const);
}

const studio: OnDisk[] = [
  { name: "Price list (new).pdf", size: 398e3 },
  { name: "Price list [new].pdf", size: 412e3 },
  { name: "Season film uncut.mov", size: 1.4e9 },
  { name: "Résumé (Final) 2025.PDF", size: 1.24e6 },
  { name: "Logo sheet.svg", size: 48.9e3 },
  ...Array.from({ length: 24 }, (_, i) => ({ name: `Social crops/${i % 3}/crop ${i}.jpg`, size: 4e6 })),
];

describe("files over the window", () => {
  test("each show what would become of them, and nothing is copied", async () => {
    const page = await open();
    await drag(page, "enter", await onDisk(page, studio));
    await page.getByText("Drop to add to Client deliverables").waitFor();
    await page.getByText("27 files ready, 97.7").waitFor();
    for (const words of [
      "1 to choose after the drop",
      "1 refused",
      "r_sum_final_2025.pdf",
      "24 files in 3 folders, all ready",
    ])
      expect(await page.getByText(words, { exact: true }).count(), words).toBe(1);
    expect(await page.getByText("Becomes version 3, its link stays").count()).toBe(1);
    expect(await page.getByText("1.40 GB is over the limit of 1 GiB", { exact: true }).count()).toBe(1);
    await shot(page, "drop-panel");
    await page.evaluate(() => window.fake!.drag("leave"));
    await expect.poll(() => page.getByText("Drop to add to").count()).toBe(0);
    expect(await page.evaluate(() => window.fake!.intake.list().length)).toBe(0);
  });

  test("go to the bucket they are held over", async () => {
    const page = await open();
    const paths = await onDisk(page, [{ name: "Logo sheet.svg" }]);
    const place = (await page.getByRole("list", { name: "Buckets" }).getByText("Press kit").boundingBox())!;
    await drag(page, "enter", paths);
    const [x, y] = [place.x + 10, place.y + 5];
    await page.evaluate(([x, y]) => window.fake!.drag("over", [], x, y), [x, y] as const);
    await page.getByText("Drop to add to Press kit").waitFor();
    await shot(page, "drop-other-bucket");
    await page.evaluate(([paths, x, y]) => window.fake!.drag("drop", paths, x, y), [paths, x, y] as const);
    await notice(page, "Logo sheet.svg added");
    expect(await row(page, "Logo sheet.svg").getByText("v2").count()).toBe(1);
  });

  test("by the thousand are shortened to what can be taken in", async () => {
    const page = await open({ width: 880, height: 640, dark: true });
    const many = Array.from({ length: 1250 }, (_, i) => ({ name: `scan ${i}.tif` }));
    await drag(page, "enter", await onDisk(page, many));
    await page.getByText("1,250 files ready, ").waitFor();
    await page.getByText(/^and 1,2\d\d more$/).waitFor();
    await shot(page, "drop-many-narrow-dark");
  });

  test("of an open folder go into that folder", async () => {
    const page = await open();
    await row(page, "Print masters").dblclick();
    await row(page, "A2 poster.pdf").waitFor();
    await drag(page, "drop", await onDisk(page, [{ name: "A4 poster.pdf" }]));
    await row(page, "A4 poster.pdf").waitFor();
  });
});

describe("after the drop", () => {
  test("the ready files come in at once, a name that meets another is asked about, the refused one is listed", async () => {
    const page = await open();
    await drag(page, "drop", await onDisk(page, studio));
    await row(page, "Social crops").waitFor();
    const dialog = page.getByRole("dialog", { name: "One name is taken" });
    await shot(page, "drop-choices");
    expect(await dialog.getByRole("button", { name: "Add 1 file" }).getAttribute("aria-disabled")).toBe("true");
    await dialog.getByRole("radio", { name: "Keep both" }).click();
    await dialog.getByRole("button", { name: "Add 1 file" }).click();
    await row(page, "Price list [new].pdf").waitFor();
    expect(await row(page, "Price list (new).pdf").count()).toBe(1);
    const result = page.getByRole("region", { name: "Files not added" });
    await result.getByText("27 of 28 files added").waitFor();
    await result.getByText("Raise the limit in Settings or add a smaller file.").waitFor();
    await shot(page, "drop-result");
  });

  test("a choice can be made by keyboard alone", async () => {
    const page = await open();
    await drag(page, "drop", await onDisk(page, studio.slice(0, 2)));
    await page.getByRole("dialog", { name: "One name is taken" }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("radio");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await notice(page, "1 file left out");
    await page.getByRole("button", { name: "Choose again" }).click();
    await page.getByRole("dialog", { name: "One name is taken" }).waitFor();
  });

  test("several names are decided together, then one differently", async () => {
    const page = await open();
    const pairs = ["a", "b", "c"].flatMap((name) => [{ name: `${name} (1).txt` }, { name: `${name} [1].txt` }]);
    await drag(page, "drop", await onDisk(page, pairs));
    const dialog = page.getByRole("dialog", { name: "3 names are taken" });
    await dialog.getByRole("radiogroup", { name: "All of them" }).getByRole("radio", { name: "Replace" }).click();
    const last = dialog.getByRole("radiogroup", { name: "What to do with c [1].txt" });
    await last.getByRole("radio", { name: "Skip" }).click();
    await shot(page, "drop-choices-several");
    await dialog.getByRole("button", { name: "Add 2 files" }).click();
    await row(page, "a [1].txt").waitFor();
    await row(page, "c (1).txt").waitFor();
    expect(await row(page, "c [1].txt").count()).toBe(0);
  });

  test("what did not come in can be tried again, once its reason is gone", async () => {
    const page = await open();
    const paths = await onDisk(page, [{ name: "one.txt" }, { name: "two.txt" }]);
    await page.evaluate((path) => {
      const trouble = {
        code: "source_changed",
        reason: "It changed while it was read.",
        advice: "Try again.",
      } as const;
      window.fake!.store.disk.add({ path, size: 5, trouble });
    }, paths[1]!);
    await drag(page, "drop", paths);
    const result = page.getByRole("region", { name: "Files not added" });
    await result.getByText("1 of 2 files added").waitFor();
    await page.evaluate((path) => window.fake!.store.disk.add({ path, size: 5 }), paths[1]!);
    await result.getByRole("button", { name: "Retry 1" }).click();
    await row(page, "two.txt").waitFor();
    await expect.poll(() => result.count()).toBe(0);
  });

  test("what came in can be taken back, and a replaced file has its former content again", async () => {
    const page = await open();
    await drag(page, "drop", await onDisk(page, [{ name: "Logo sheet.svg" }, { name: "new.txt" }]));
    await row(page, "new.txt").waitFor();
    await notice(page, "1 file added, 1 replaced");
    await row(page, "Logo sheet.svg").getByText("v3").waitFor();
    await page.keyboard.press("Control+z");
    await expect.poll(() => row(page, "new.txt").count()).toBe(0);
    await expect.poll(() => row(page, "Logo sheet.svg").getByText("48.2 KB").count()).toBe(1);
  });

  test("files are added by the button as well, and folders by its menu", async () => {
    const page = await open();
    const paths = await onDisk(page, [{ name: "Letters/one.txt" }]);
    await page.evaluate((found) => {
      window.fake!.picks = found;
    }, paths);
    await page.getByRole("button", { name: "More ways to add" }).click();
    await page.getByRole("menuitem", { name: "Add a folder" }).click();
    await row(page, "Letters").waitFor();
    await page.getByRole("button", { name: "Add files" }).click();
    await notice(page, "one.txt is now version 2");
  });
});

describe("transfers", () => {
  test("show each of a few files, with its progress, and one can be cancelled", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fake!.intake.speed = 100_000;
    });
    await drag(page, "drop", await onDisk(page, [{ name: "film.mov", size: 900e6 }, { name: "note.txt" }]));
    const strip = page.getByRole("region", { name: "Transfers" });
    await strip.getByRole("progressbar", { name: "film.mov" }).waitFor();
    await strip.getByText("1 transfer").waitFor();
    await shot(page, "transfers-few");
    await strip.getByRole("button", { name: "Cancel film.mov" }).click();
    await row(page, "note.txt").waitFor();
    await expect.poll(() => strip.count()).toBe(0);
    expect(await row(page, "film.mov").count()).toBe(0);
  });

  test("keep the window open until the person says otherwise", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fake!.intake.speed = 1_000;
    });
    await drag(page, "drop", await onDisk(page, [{ name: "film.mov", size: 900e6 }]));
    const strip = page.getByRole("region", { name: "Transfers" });
    await strip.getByRole("progressbar", { name: "film.mov" }).waitFor();
    const close = () => page.evaluate(() => window.fake!.close());
    const question = page.getByRole("alertdialog", { name: "Stop the transfers and close?" });
    await close();
    await question.getByText("1 transfer is under way.").waitFor();
    await shot(page, "transfers-closing");
    await page.keyboard.press("Escape");
    await question.waitFor({ state: "detached" });
    await strip.getByRole("progressbar", { name: "film.mov" }).waitFor();
    expect(await page.evaluate(() => window.fake!.closed)).toBe(false);
    await close();
    await question.getByRole("button", { name: "Stop and close" }).click();
    await expect.poll(() => page.evaluate(() => window.fake!.closed)).toBe(true);
    await expect.poll(() => strip.count()).toBe(0);
  });

  test("show a batch in one bar, fold to one line, and stop together", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fake!.intake.speed = 20_000;
    });
    const many = Array.from({ length: 300 }, (_, i) => ({ name: `Shots/shot ${i}.exr`, size: 4e6 }));
    await drag(page, "drop", await onDisk(page, many));
    const strip = page.getByRole("region", { name: "Transfers" });
    await strip.getByText(/^\d+ of 300 files$/).waitFor();
    await shot(page, "transfers-batch");
    await strip.getByRole("button", { name: "Hide transfers" }).click();
    await strip.getByRole("progressbar", { name: "All transfers" }).waitFor();
    expect((await strip.boundingBox())!.height).toBeLessThanOrEqual(33);
    await strip.getByRole("button", { name: "Cancel all" }).click();
    await page
      .getByRole("status")
      .getByText(/^Cancelled\. \d+ of 300 files added$/)
      .waitFor();
  });
});

test("the first drop of all makes the first bucket", async () => {
  const page = await open({ fake: "empty" });
  await drag(page, "drop", await onDisk(page, [{ name: "Letters/one.txt" }, { name: "Letters/two.txt" }]));
  await row(page, "Letters").waitFor();
  expect(await names(page.getByRole("row"))).toEqual(["Letters"]);
});
