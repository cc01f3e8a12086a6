/** Export and Import in the workspace menu: which buckets, how far it is, what came of it, and what is refused. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { shot, useBrowser, type OpenOptions } from "./browser";
import { notice } from "./files";

const open = useBrowser();

async function choose(act: "Export" | "Import", options?: OpenOptions): Promise<{ page: Page; dialog: Locator }> {
  const page = await open(options);
  await page.getByRole("button", { name: "Workspace", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: act }).click();
  const dialog = page.getByRole("dialog", { name: `${act} buckets` });
  await dialog.waitFor();
  return { page, dialog };
}

const picks = (page: Page, ...paths: string[]) => page.evaluate((paths) => (window.fake!.picks = paths), paths);
const asked = (page: Page) => page.evaluate(() => window.fake!.archived);

test("an export says how much goes along, where it went, and asks again if no place was chosen", async () => {
  const { page, dialog } = await choose("Export");
  await dialog.getByRole("radio", { name: "Assets" }).getByText("1 bucket · 64 files · 412 MB").waitFor();
  await dialog.getByRole("radio", { name: "All buckets" }).click();
  await shot(page, "export");
  await dialog.getByRole("button", { name: "Choose place" }).click();
  await dialog.getByRole("button", { name: "Choose place" }).waitFor();
  expect(await asked(page)).toEqual([]);
  await picks(page, "/home/mara/pail.zip");
  await dialog.getByRole("radio", { name: "Only Client deliverables" }).click();
  await dialog.getByRole("button", { name: "Choose place" }).click();
  await dialog.getByRole("status").getByText("1 bucket with 23 files exported, 1.79 GB").waitFor();
  await dialog.getByText("/home/mara/pail.zip").waitFor();
  await shot(page, "exported");
  const [request] = await asked(page);
  expect(Object.keys(request!)).toEqual(["buckets"]);
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
});

test("it shows how far it is, does not go away by Escape, and can be stopped", async () => {
  const { page, dialog } = await choose("Export");
  await picks(page, "/home/mara/pail.zip");
  await page.evaluate(() => (window.fake!.archiveStops = 2));
  await dialog.getByRole("button", { name: "Choose place" }).click();
  await dialog.getByText("32 of 64 files · 206 MB of 412 MB").waitFor();
  const bar = dialog.getByRole("progressbar", { name: "Exporting" });
  expect(await bar.getAttribute("aria-valuenow")).toBe("50");
  await shot(page, "exporting");
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Stop export" }).click();
  await dialog.getByRole("alert").getByText("Stopped as you said. Nothing of it stays.").waitFor();
  await dialog.getByRole("button", { name: "Choose place" }).waitFor();
});

test("closing the window meanwhile asks first, and stops it if the person says so", async () => {
  const { page, dialog } = await choose("Export");
  await picks(page, "/home/mara/pail.zip");
  await page.evaluate(() => (window.fake!.archiveStops = 2));
  const close = () => page.evaluate(() => window.fake!.close());
  await dialog.getByRole("button", { name: "Choose place" }).click();
  await dialog.getByText("32 of 64 files · 206 MB of 412 MB").waitFor();
  const question = page.getByRole("alertdialog", { name: "Stop the export and close?" });
  await close();
  await question.waitFor();
  await shot(page, "export-closing");
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  await dialog.getByText("32 of 64 files · 206 MB of 412 MB").waitFor();
  expect(await page.evaluate(() => window.fake!.closed)).toBe(false);
  await close();
  await question.getByRole("button", { name: "Stop and close" }).click();
  await expect.poll(() => page.evaluate(() => window.fake!.closed)).toBe(true);
  await dialog.getByRole("alert").getByText("Stopped as you said.").waitFor();
});

test("what is imported is listed, opens, and is taken back by Undo", async () => {
  const { page, dialog } = await choose("Import");
  await picks(page, "/home/mara/pail.zip");
  await dialog.getByRole("radio", { name: "Keep" }).click();
  await shot(page, "import");
  await dialog.getByRole("button", { name: "Choose archive" }).click();
  await dialog.getByRole("status").getByText("1 bucket with 2 files imported, 2.00 KB").waitFor();
  expect(await asked(page)).toEqual([{ keepIds: true }]);
  await shot(page, "imported");
  await dialog.getByRole("button", { name: "Open Website assets" }).click();
  await notice(page, "1 bucket with 2 files imported, 2.00 KB");
  const rows = page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: "Website assets" });
  expect(await rows.count()).toBe(2);
  await page.keyboard.press("Control+z");
  await expect.poll(() => rows.count()).toBe(1);
});

test("a refusal stands in the dialog, and another archive can be chosen", async () => {
  const { page, dialog } = await choose("Import");
  await picks(page, "/home/mara/holiday.zip");
  await page.evaluate(() => {
    window.fake!.archiveRefusal = "holiday.zip is no export of Pail. Choose another file.";
  });
  await dialog.getByRole("button", { name: "Choose archive" }).click();
  await dialog.getByRole("alert").getByText("holiday.zip is no export of Pail. Choose another file.").waitFor();
  await shot(page, "import-refused");
  await page.evaluate(() => (window.fake!.archiveRefusal = null));
  await dialog.getByRole("button", { name: "Choose archive" }).click();
  await dialog.getByRole("button", { name: "Done" }).waitFor();
});

test.each([
  ["dark", { dark: true }],
  ["least", { width: 720, height: 480 }],
] as const)("%s: the dialog has room", async (name, options) => {
  const { page, dialog } = await choose("Export", options);
  await shot(page, `export-${name}`);
  const box = await dialog.boundingBox();
  expect(box!.y >= 0 && box!.y + box!.height <= (await page.evaluate(() => innerHeight))).toBe(true);
});
