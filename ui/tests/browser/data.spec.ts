/** The Data tab as a person uses it: edit, save, fix, search, leave, and live with other writers. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser } from "./browser";

const open = useBrowser();

/** Opens the data of the sample's Render output, whose revision is 2. */
async function openData(options: Parameters<typeof open>[0] = {}): Promise<{ page: Page; text: Locator }> {
  const page = await open(options);
  page.setDefaultTimeout(8000);
  await page.getByRole("list", { name: "Buckets" }).getByText("Render output").click();
  await page.getByRole("tab", { name: "Data" }).click();
  const text = page.getByRole("textbox", { name: "Data of Render output" });
  await text.waitFor();
  return { page, text };
}

/** The document as it is kept. */
function stored(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { store } = window.fake!;
    const bucket = [...store.buckets.values()].find((one) => one.title === "Render output")!;
    return store.data.get(bucket.id)!.text;
  });
}

/** A script changes the document while the page is open. */
function another(page: Page, found: string, by: string): Promise<void> {
  return page.evaluate(
    ([found, by]) => {
      const { store, writeData } = window.fake!;
      const bucket = [...store.buckets.values()].find((one) => one.title === "Render output")!;
      writeData(bucket.id, store.data.get(bucket.id)!.text.replace(found!, by!), "nightly-render");
    },
    [found, by],
  );
}

/** Selects a text by searching for it, and types over it. */
async function typeOver(page: Page, found: string, typed: string): Promise<void> {
  await page.getByRole("button", { name: "Search in data" }).click();
  const field = page.getByRole("textbox", { name: "Search in data" });
  await field.fill(found);
  await field.press("Enter");
  await field.press("Escape");
  await page.keyboard.type(typed);
}

const save = (page: Page): Locator => page.getByRole("button", { name: "Save", exact: true });
const notice = (page: Page): Locator => page.getByRole("status").filter({ hasText: "Saved as revision" });

describe("editing", () => {
  test("an edit is saved with every other letter as it was", async () => {
    const { page } = await openData();
    const before = await stored(page);
    await typeOver(page, "512", "768");
    await page.getByText("1 line changed").waitFor();
    await save(page).click();
    await notice(page).waitFor();
    const after = await stored(page);
    expect(after).toBe(before.replace("512", "768"));
    for (const literal of ["1836486125467611137", "1e400", "1.0", "[3840, 2160]"]) expect(after).toContain(literal);
    await page.getByText("Revision 3 · saved by").waitFor();
  });

  test("Ctrl+S saves, and the notice takes it back", async () => {
    const { page, text } = await openData();
    const before = await stored(page);
    await typeOver(page, "1.0", "1.00");
    await page.keyboard.press("Control+s");
    await notice(page).waitFor();
    expect(await stored(page)).toBe(before.replace("1.0", "1.00"));
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await page.getByText("Revision 4 · saved by").waitFor();
    expect(await stored(page)).toBe(before);
    expect(await text.innerText()).not.toContain("1.00");
  });

  test("undo in the editor takes back the edit", async () => {
    const { page } = await openData();
    await typeOver(page, "cycles", "eevee");
    await page.getByText("1 line changed").waitFor();
    await page.getByRole("button", { name: "Undo edit" }).click();
    await page.getByText("1 line changed").waitFor({ state: "detached" });
    expect(await save(page).getAttribute("aria-disabled")).toBe("true");
  });

  test("an error is marked at its place, keeps the text from being saved, and is fixed by a button", async () => {
    const { page, text } = await openData();
    const before = await stored(page);
    await text.getByText('"mara@studionorth.example"').click();
    await page.keyboard.press("End");
    await page.keyboard.type('\n"ops@studionorth.example"');
    await page.getByText("A comma is missing before this value").waitFor();
    await page.getByText("1 error, line 20. Fix it to save.").waitFor();
    await page.getByText("As of the last valid text").waitFor();
    await shot(page, "data-error");

    await text.getByText('"job"').click();
    await save(page).click({ force: true });
    await page.locator(".cm-activeLine", { hasText: "ops@studionorth.example" }).waitFor();
    expect(await stored(page)).toBe(before);

    await page.getByRole("button", { name: "Add the comma" }).click();
    await page.getByText("No errors").waitFor();
    await page.keyboard.press("Control+s");
    await notice(page).waitFor();
    expect(await stored(page)).toContain('"mara@studionorth.example",\n      "ops@studionorth.example"\n');
  });

  test("a repeated key is marked and does not stand in the way", async () => {
    const { page } = await openData();
    await typeOver(page, '"project"', '"job"');
    await page.getByText("This key stands in line 2 already").waitFor();
    await page.getByText("A key stands twice, line 3").waitFor();
    await page.keyboard.press("Control+s");
    await notice(page).waitFor();
  });

  test("format sets out evenly and leaves numbers as written", async () => {
    const { page } = await openData();
    const before = await stored(page);
    await typeOver(page, '{ "ok": true, "minutes": 412 }', '{"ok":true,   "minutes":412}');
    await page.getByText("1 line changed").waitFor();
    await page.getByRole("button", { name: "Format" }).click();
    await page.getByText("1 line changed").waitFor({ state: "detached" });
    expect(await stored(page)).toBe(before);
  });

  test("the changes can be reviewed before they are saved", async () => {
    const { page } = await openData();
    await typeOver(page, "512", "768");
    await page.getByRole("button", { name: "Review changes" }).click();
    const dialog = page.getByRole("dialog", { name: "Changes not saved yet" });
    await dialog.getByText("768").waitFor();
    await dialog.getByText("512").waitFor();
    await shot(page, "data-review");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await notice(page).waitFor();
  });

  test("the tree leads to the text, by mouse and by keys", async () => {
    const { page } = await openData();
    await page.getByRole("treeitem", { name: /seed/ }).click();
    expect(await page.evaluate(() => String(getSelection()))).toBe("1836486125467611137");
    const tree = page.getByRole("tree", { name: "Tree" });
    await tree.focus();
    for (const key of ["Home", "End", "ArrowRight", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    expect(await page.evaluate(() => String(getSelection()))).toBe("true");
  });
});

describe("another writer", () => {
  test("is followed at once while nothing is unsaved, with cursor and scroll in place", async () => {
    const { page, text } = await openData({ height: 500 });
    await text.getByText('"last_run"').scrollIntoViewIfNeeded();
    await text.getByText('"last_run"').click();
    const scroller = page.locator(".cm-scroller").first();
    const before = await scroller.evaluate((element) => element.scrollTop);
    await another(page, "1572", "1688");
    await text.getByText("1688").waitFor();
    await page.getByText("Revision 3 · saved by").waitFor();
    expect(await scroller.evaluate((element) => element.scrollTop)).toBe(before);
    expect(await page.locator(".cm-activeLine").innerText()).toContain("last_run");
    expect(await save(page).getAttribute("aria-disabled")).toBe("true");
  });

  test("meets an edit: the person chooses by keys, and nothing else of either is lost", async () => {
    const { page } = await openData();
    const before = await stored(page);
    await typeOver(page, "512", "768");
    await typeOver(page, '"keep_days": 14', '"keep_days": 30');
    await another(page, "512", "1024");
    await another(page, "1572", "1688");
    await page.getByText("Revision 4 was saved by nightly-render meanwhile").waitFor();
    await shot(page, "data-meanwhile");
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("alertdialog", { name: "The data changed while you were editing" });
    await dialog.getByText("1 of 1 still to choose: render.samples").waitFor();
    const act = dialog.getByRole("button", { name: "Save as revision 5" });
    expect(await act.getAttribute("aria-disabled")).toBe("true");
    await shot(page, "data-conflict");
    await dialog.getByRole("radio", { name: "render.samples, Saved meanwhile: 1024" }).check();
    await act.click();
    await notice(page).waitFor();
    expect(await stored(page)).toBe(
      before.replace("512", "1024").replace("1572", "1688").replace('"keep_days": 14', '"keep_days": 30'),
    );
  });

  test("meets an edit: the person writes a third text", async () => {
    const { page } = await openData();
    await typeOver(page, "512", "768");
    await another(page, "512", "1024");
    await page.getByRole("button", { name: "Show" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("radio", { name: "Text" }).click();
    const result = dialog.getByRole("textbox", { name: "What will be saved" });
    await result.getByText("768").dblclick();
    await page.keyboard.type("896");
    await shot(page, "data-conflict-text");
    await dialog.getByRole("button", { name: "Save as revision 4" }).click();
    await notice(page).waitFor();
    expect(await stored(page)).toContain('"samples": 896,');
  });

  test("can be taken whole", async () => {
    const { page, text } = await openData();
    await typeOver(page, "512", "768");
    await another(page, "512", "1024");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("button", { name: "Take all of revision 3" }).click();
    await text.getByText("1024").waitFor();
    expect(await save(page).getAttribute("aria-disabled")).toBe("true");
  });
});

describe("leaving with unsaved changes", () => {
  test("asks, and stays, leaves or saves as the person says", async () => {
    const { page, text } = await openData();
    const before = await stored(page);
    await typeOver(page, "512", "768");
    expect(await page.evaluate(() => window.fake!.unsaved)).toBe(true);

    const ask = page.getByRole("alertdialog", { name: "Save the data?" });
    await page.getByRole("tab", { name: "Files" }).click();
    await ask.getByRole("button", { name: "Keep editing" }).click();
    await ask.waitFor({ state: "detached" });
    await page.waitForFunction((element) => element === document.activeElement, await text.elementHandle());

    await page.getByRole("list", { name: "Buckets" }).getByText("Press kit").click();
    await ask.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("heading", { name: "Press kit", level: 1 }).waitFor();
    expect(await stored(page)).toBe(before.replace("512", "768"));
    expect(await page.evaluate(() => window.fake!.unsaved)).toBe(false);
  });

  test("closing the window asks too", async () => {
    const { page } = await openData();
    await typeOver(page, "512", "768");
    await page.evaluate(() => window.fake!.close());
    await page
      .getByRole("alertdialog", { name: "Save the data?" })
      .getByRole("button", { name: "Discard changes" })
      .click();
    await page.waitForFunction(() => window.fake!.closed);
  });
});

describe("the picture", () => {
  test("dark", async () => {
    const { page } = await openData({ dark: true });
    await typeOver(page, "1e400", "1e401");
    await page.getByText("1 line changed").waitFor();
    await shot(page, "data-dark");
  });

  test("narrow: the tree makes room", async () => {
    const { page } = await openData({ width: 740, height: 560 });
    expect(await page.getByRole("tree").count()).toBe(0);
    await typeOver(page, "512", "oops");
    await page.getByText("1 error").waitFor();
    await shot(page, "data-narrow");
  });

  test("trouble with reading offers another try", async () => {
    const page = await open();
    await page.getByRole("list", { name: "Buckets" }).getByText("Render output").click();
    await page.evaluate(
      () => (window.fake!.failNext = { name: "data_show", code: "io", message: "The disk did not answer." }),
    );
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByText("The disk did not answer.").waitFor();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("textbox", { name: "Data of Render output" }).waitFor();
  });
});
