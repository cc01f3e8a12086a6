/** Sharing a file: signed links, their QR code and their end; what links need; who reads, metadata, and when files go. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser, type OpenOptions } from "./browser";
import { notice, row } from "./files";

const open = useBrowser();
const HOUR = 3_600_000;

async function bucketWith(title: string, options?: OpenOptions): Promise<Page> {
  const page = await open(options);
  await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: title }).click();
  return page;
}

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const dialog = (page: Page, name: string) => page.getByRole("dialog", { name: `Share ${name}` });
const signed = (page: Page) => page.evaluate(() => window.fake!.store.signed.map(({ link }) => link));
const objectNamed = (page: Page, name: string) =>
  page.evaluate(
    (name) => [...window.fake!.store.objects.values()].find(({ info }) => info.originalName === name)!.info,
    name,
  );

describe("a signed link", () => {
  test("is made by keyboard, copied, shown to a camera, listed and revoked in its place", async () => {
    const page = await open();
    await row(page, "Mug with lemons.jpg").click();
    await page.keyboard.press("Control+Shift+s");
    const share = dialog(page, "Mug with lemons.jpg");
    await share.getByText("The QR code comes with the link").waitFor();
    expect(await signed(page)).toEqual([]);
    await share.getByRole("button", { name: "Make link" }).press("Enter");
    await share.getByRole("img", { name: "QR code of the link" }).waitFor();
    const [link] = await signed(page);
    expect([link!.expires - link!.created, link!.download]).toEqual([168 * HOUR, null]);
    expect(await share.getByRole("textbox", { name: "Link" }).inputValue()).toBe(link!.url);
    await shot(page, "share-made");
    // The focus is on what comes next.
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => window.fake!.copied)).toEqual([link!.url]);
    await share.getByText("Signed, preview, by Mara").waitFor();
    await share.getByText("2 working").waitFor();
    await share.getByRole("button", { name: /^Revoke: Signed, preview, by Mara/ }).click();
    await share.getByRole("button", { name: "Revoke link" }).click();
    await share.getByText("Revoked", { exact: true }).waitFor();
    // What opens nothing any more is not given on; another can be made at once.
    await share.getByRole("button", { name: "Make link" }).waitFor();
    expect(await share.getByRole("textbox", { name: "Link" }).inputValue()).toBe("");
    const make = share.getByRole("button", { name: "Make link" });
    await expect.poll(() => make.evaluate((it) => it === document.activeElement)).toBe(true);
    await share.getByText("1 working").waitFor();
    await page.keyboard.press("Escape");
    await share.waitFor({ state: "detached" });
  });

  test("lives and opens as chosen, and no longer than a week", async () => {
    const page = await open();
    await row(page, "Halden Grotesk.zip").click();
    await inspector(page).getByRole("button", { name: "Share" }).click();
    const share = dialog(page, "Halden Grotesk.zip");
    await share.getByRole("radio", { name: "Download" }).click();
    await share.getByRole("radio", { name: "Other" }).click();
    await share.getByRole("textbox", { name: "Works until" }).fill("8");
    await share.getByText("Write 7 days or less").waitFor();
    expect(await share.getByRole("button", { name: "Make link" }).getAttribute("aria-disabled")).toBe("true");
    await share.getByRole("combobox", { name: "Works until, unit" }).click();
    await page.getByRole("option", { name: "hours" }).click();
    await share.getByRole("button", { name: "Make link" }).click();
    await share.getByText("Signed, download, by Mara").waitFor();
    const [link] = await signed(page);
    expect([link!.expires - link!.created, link!.download]).toEqual([8 * HOUR, "Halden Grotesk.zip"]);
    // Another choice is another link, which is not made yet.
    await share.getByRole("radio", { name: "1 hour" }).click();
    expect(await share.getByRole("textbox", { name: "Link" }).inputValue()).toBe("");
    await share.getByRole("button", { name: "Make link" }).waitFor();
  });

  test("a refusal stands in the dialog", async () => {
    const page = await open();
    await row(page, "Halden Grotesk.zip").click();
    await page.keyboard.press("Control+Shift+s");
    await page.evaluate(() => {
      window.fake!.failNext = {
        name: "link_sign",
        code: "forbidden",
        message: "You may not read this. Ask its owner.",
      };
    });
    await page.getByRole("button", { name: "Make link" }).click();
    await page.getByRole("alert").getByText("You may not read this. Ask its owner.").waitFor();
  });
});

test("links that cannot be listed are said not to be, without a number, and are listed at the next try", async () => {
  const page = await open();
  await row(page, "Mug with lemons.jpg").click();
  await page.evaluate(() => {
    window.fake!.failNext = { name: "link_list", code: "database", message: "The database is busy. Try again." };
  });
  await page.keyboard.press("Control+Shift+s");
  const share = dialog(page, "Mug with lemons.jpg");
  await share.getByRole("alert").getByText("The links could not be listed.").waitFor();
  expect(await share.getByText(/\d working/).count()).toBe(0);
  expect(await share.getByText("None yet.").count()).toBe(0);
  await shot(page, "share-unlisted");
  await share.getByRole("button", { name: "Try again" }).press("Enter");
  await share.getByText("1 working").waitFor();
  expect(await share.getByText("The links could not be listed.").count()).toBe(0);
  // The button is gone; the focus is on what comes next.
  const make = share.getByRole("button", { name: "Make link" });
  await expect.poll(() => make.evaluate((it) => it === document.activeElement)).toBe(true);
});

test("without a signature the file's own link is shared, where that is enough", async () => {
  const page = await open();
  await row(page, "Mug with lemons.jpg").click();
  await page.keyboard.press("Control+Shift+s");
  const share = dialog(page, "Mug with lemons.jpg");
  await share.getByRole("switch", { name: "Needed to open" }).click();
  await share.getByText("As long as the file is there, replaced or renamed too.").waitFor();
  await share.getByRole("img", { name: "QR code of the link" }).waitFor();
  await share.getByRole("button", { name: "Copy link" }).click();
  await expect.poll(() => page.evaluate(() => window.fake!.copied)).toHaveLength(1);
  const { path } = await objectNamed(page, "Mug with lemons.jpg");
  expect(await page.evaluate(() => window.fake!.copied[0])).toBe(`http://127.0.0.1:7245/${path}`);
  expect(await signed(page)).toEqual([]);
  await share.getByRole("button", { name: "Change what links of this bucket need" }).click();
  await page.getByRole("radiogroup", { name: "Links" }).waitFor();
});

describe("in a bucket whose links need a signature", () => {
  test("Copy link says so and leads to a signed link", async () => {
    const page = await bucketWith("Press kit");
    await row(page, "Item 0001.jpg").click();
    await page.keyboard.press("Control+Shift+c");
    await page.getByText("Links of this bucket need a signature, so none was copied").waitFor();
    expect(await page.evaluate(() => window.fake!.copied)).toEqual([]);
    await page.getByRole("button", { name: "Make signed link", exact: true }).click();
    const share = dialog(page, "Item 0001.jpg");
    await share.getByText("Links of this bucket need one.").waitFor();
    expect(await share.getByRole("switch", { name: "Signature" }).isDisabled()).toBe(true);
    await shot(page, "share-signed");
  });

  test("the preview is shown by one link for each file, which nobody sees in the list", async () => {
    const page = await bucketWith("Press kit");
    await row(page, "Item 0001.jpg").click();
    const picture = inspector(page).getByRole("img", { name: "Item 0001.jpg" });
    await picture.waitFor();
    const [link] = await signed(page);
    expect(await picture.getAttribute("src")).toContain(link!.path.split("?")[1]);
    expect(link!.expires - link!.created).toBe(HOUR / 4);
    await row(page, "Item 0002.jpg").click();
    await inspector(page).getByRole("img", { name: "Item 0002.jpg" }).waitFor();
    await row(page, "Item 0001.jpg").click();
    await picture.waitFor();
    expect(await signed(page)).toHaveLength(2);
    await inspector(page).getByText("Needs a signature").waitFor();
    await inspector(page).getByRole("button", { name: "Make signed link to Item 0001.jpg" }).click();
    await dialog(page, "Item 0001.jpg").getByText("0 working").waitFor();
    await dialog(page, "Item 0001.jpg").getByText("None yet.").waitFor();
  });
});

test("where links are off, Copy link and the inspector say so", async () => {
  const page = await bucketWith("Invoices 2026");
  await row(page, "Item 0001.jpg").getByRole("button", { name: "Copy link to Item 0001.jpg" }).click({ force: true });
  await page.getByText("Links of this bucket are off, so none was copied").waitFor();
  await row(page, "Item 0001.jpg").click();
  await inspector(page).getByText("Off, asks for a key").waitFor();
});

describe("the inspector", () => {
  test("changes who may read a file, with Undo", async () => {
    const page = await open();
    await row(page, "Mug with lemons.jpg").click();
    const readBy = inspector(page).getByRole("combobox", { name: "Read by" });
    await readBy.getByText("As the bucket: anyone signed in").waitFor();
    await readBy.click();
    await page.getByRole("option", { name: "Anyone", exact: true }).click();
    await notice(page, "Mug with lemons.jpg is public");
    await readBy.getByText("Anyone", { exact: true }).waitFor();
    expect((await objectNamed(page, "Mug with lemons.jpg")).visibility).toBe("public");
    await page.keyboard.press("Control+z");
    await readBy.getByText("As the bucket: anyone signed in").waitFor();
    expect((await objectNamed(page, "Mug with lemons.jpg")).visibility).toBeNull();
  });

  test("adds metadata, says what is wrong with it, keeps every letter, and takes it back", async () => {
    const page = await open();
    await row(page, "Mug with lemons.jpg").click();
    await inspector(page).getByRole("button", { name: "Add metadata to Mug with lemons.jpg" }).click();
    const field = inspector(page).getByRole("textbox", { name: "Metadata" });
    await page.keyboard.type('"shot": 1836486125467611137');
    await field.fill('{"shot": 1836486125467611137');
    await page.keyboard.press("Control+Enter");
    await inspector(page).getByRole("alert").getByText("This metadata cannot be read.").waitFor();
    await shot(page, "inspector-metadata-wrong");
    await page.keyboard.press("End");
    await page.keyboard.type(', "scale": 1.0}');
    expect(await inspector(page).getByRole("alert").count()).toBe(0);
    await page.keyboard.press("Control+Enter");
    await notice(page, "Metadata of Mug with lemons.jpg saved");
    await inspector(page).getByText('{"shot": 1836486125467611137, "scale": 1.0}').waitFor();
    await shot(page, "inspector-metadata");
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await inspector(page).getByRole("button", { name: "Add metadata to Mug with lemons.jpg" }).waitFor();
    expect((await objectNamed(page, "Mug with lemons.jpg")).metadata).toBe("{}");
  });

  test("Escape leaves metadata as it is and returns the focus", async () => {
    const page = await open();
    await row(page, "Mug with lemons.jpg").click();
    const add = inspector(page).getByRole("button", { name: "Add metadata to Mug with lemons.jpg" });
    await add.click();
    await page.keyboard.type('"a": 1');
    await page.keyboard.press("Escape");
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true);
    expect((await objectNamed(page, "Mug with lemons.jpg")).metadata).toBe("{}");
  });
});

test("files that go within a day say when, and go", async () => {
  const page = await bucketWith("Scratch, one day");
  await row(page, "Item 0008.jpg")
    .getByText(/^goes in \d+ min$/)
    .waitFor();
  await row(page, "Item 0001.jpg")
    .getByText(/^goes in \d+ h$/)
    .waitFor();
  await row(page, "Item 0001.jpg").click();
  await inspector(page)
    .getByText(/, in \d+ h$/)
    .waitFor();
  await shot(page, "files-going");
  await page.evaluate(() => {
    const { store } = window.fake!;
    const bucket = [...store.buckets.values()].find(({ tier }) => tier === "1-day")!;
    const kept = store.live(bucket.id).find(({ info }) => info.originalName === "Item 0001.jpg")!;
    store.objects.delete(kept.info.id);
    store.recount(bucket.id);
    store.event("object_expired", bucket.id, kept.info.id, kept.info.key, 1, "Pail");
  });
  await row(page, "Item 0001.jpg").waitFor({ state: "detached" });
});

test.each([
  ["dark", { dark: true }],
  ["narrow", { width: 880, height: 640 }],
  ["least", { width: 720, height: 480 }],
] as const)("%s: the dialog has room", async (name, options) => {
  const page = await open(options);
  await row(page, "Mug with lemons.jpg").click();
  await page.keyboard.press("Control+Shift+s");
  await page.getByRole("button", { name: "Make link" }).click();
  await page.getByRole("img", { name: "QR code of the link" }).waitFor();
  await shot(page, `share-${name}`);
  const over = await page
    .locator(".dlg-b")
    .evaluate((body) => body.scrollWidth > body.clientWidth || body.getBoundingClientRect().bottom > innerHeight);
  expect(over).toBe(false);
});
