/** The Access tab of a bucket: policy, rules, links, how long files live, and who can. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser, type OpenOptions } from "./browser";
import { notice } from "./files";

const open = useBrowser();

async function accessTab(bucket = "Client deliverables", options?: OpenOptions): Promise<Page> {
  const page = await open(options);
  await page.getByRole("list", { name: "Buckets" }).getByRole("button", { name: bucket }).click();
  await page.getByRole("tab", { name: "Access" }).click();
  await page.getByRole("heading", { name: "Who can?" }).waitFor();
  return page;
}

const kept = (page: Page, title: string) =>
  page.evaluate((title) => [...window.fake!.store.buckets.values()].find((one) => one.title === title)!, title);
const policies = (page: Page) => page.getByRole("radiogroup", { name: "Who may do what" });
const head = (page: Page) => page.locator('[data-region="header"]');
const save = (page: Page) => page.getByRole("button", { name: "Save settings" }).click();

describe("a bucket's policy", () => {
  test("is chosen by keyboard, shown in the head, and taken back by Undo", async () => {
    const page = await accessTab();
    await policies(page).getByRole("radio", { name: "Anyone signed in" }).focus();
    await page.keyboard.press("ArrowDown");
    expect(await policies(page).getByRole("radio", { name: "Public to read" }).isChecked()).toBe(true);
    await save(page);
    await head(page).getByText("Anyone reads").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await head(page).getByText("Anyone signed in").waitFor();
    expect(await policies(page).getByRole("radio", { name: "Anyone signed in" }).isChecked()).toBe(true);
    expect((await kept(page, "Client deliverables")).policy).toBe("authenticated");
  });

  test("says of each who reads, writes and deletes", async () => {
    const page = await accessTab();
    const says = async (name: string) =>
      (await policies(page).getByRole("radio", { name }).innerText()).split("\n").filter(Boolean).slice(2);
    expect(await says("Private")).toEqual([
      ...["Read", "Bucket owner, who brought it", "Write", "Bucket owner"],
      ...["Delete", "Bucket owner, who brought it"],
    ]);
    expect(await says("Each their own")).toEqual([
      ...["Read", "Who brought it", "Write", "Anyone signed in, their own", "Delete", "Who brought it"],
    ]);
    expect(await says("Public to read")).toEqual([
      ...["Read", "Anyone", "Write", "Bucket owner", "Delete", "Bucket owner"],
    ]);
  });

  test("leaving with a change asks", async () => {
    const page = await accessTab();
    await policies(page).getByRole("radio", { name: "Private" }).click();
    await page.getByRole("tab", { name: "Files" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Save settings" }).click();
    await head(page).getByText("Private").waitFor();
    expect((await kept(page, "Client deliverables")).policy).toBe("private");
  });
});

describe("rules", () => {
  test("one that is wrong shows the line and column where it is, with the caret there", async () => {
    const page = await accessTab();
    await policies(page).getByRole("radio", { name: "By rules" }).click();
    await page.getByRole("textbox", { name: "Read if" }).fill("true");
    const write = page.getByRole("textbox", { name: "Write if" });
    await write.fill("hasRole('member') &&\n  (blob.metadata.team == 'eng'");
    await save(page);
    await page.getByText("Line 2, column 3: this bracket is not closed. Write ) after what belongs to it.").waitFor();
    expect(await write.getAttribute("aria-invalid")).toBe("true");
    await expect
      .poll(() => write.evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart)))
      .toBe("(blob.metadata.team == 'eng'");
    await shot(page, "policy-rule-wrong");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(")");
    expect(await page.getByText("this bracket is not closed").count()).toBe(0);
    await save(page);
    await notice(page, "Settings saved");
    const { policy, rules } = await kept(page, "Client deliverables");
    expect({ policy, rules }).toEqual({
      policy: "rules",
      rules: { read: "true", write: "hasRole('member') &&\n  (blob.metadata.team == 'eng')", delete: null },
    });
  });

  test("one that is wrong but out of sight is said at the top", async () => {
    const page = await accessTab();
    await policies(page).getByRole("radio", { name: "By rules" }).click();
    await page.getByRole("textbox", { name: "Delete if" }).fill("size(");
    await policies(page).getByRole("radio", { name: "Private" }).click();
    await save(page);
    await page.getByRole("alert").getByText("Line 1, column 5: this bracket is not closed.").waitFor();
  });
});

describe("how long files live", () => {
  test("says how many files are too old, asks before they go, and keeps them", async () => {
    const page = await accessTab();
    await page.getByRole("radio", { name: "1 day", exact: true }).click();
    await page.getByText("18 of the 23 files in this bucket are that old and would go at once.").waitFor();
    await shot(page, "policy-life");
    await save(page);
    const question = page.getByRole("alertdialog", { name: "Delete 18 files for good?" });
    await question.getByRole("button", { name: "Keep them" }).click();
    expect((await kept(page, "Client deliverables")).tier).toBe("persistent");
    await save(page);
    await question.getByRole("button", { name: "Delete 18 files for good" }).click();
    await head(page).getByText("Kept 1 day").waitFor();
    expect((await kept(page, "Client deliverables")).tier).toBe("1-day");
  });

  test("a life that ends nothing now is saved without a question", async () => {
    const page = await accessTab("Scratch, one day");
    await page.getByRole("radio", { name: "30 days" }).click();
    await page.getByText("None of the 8 files in this bucket is that old yet.").waitFor();
    await save(page);
    await head(page).getByText("Kept 30 days").waitFor();
  });
});

test("what links need and what the bucket is for are saved", async () => {
  const page = await accessTab();
  await page.getByRole("radiogroup", { name: "Links" }).getByRole("radio", { name: "Signed" }).click();
  await page.getByRole("radio", { name: "Assets" }).click();
  await page.getByText("It goes along when the workspace is exported.").waitFor();
  await save(page);
  await notice(page, "Settings saved");
  const { permalink, category } = await kept(page, "Client deliverables");
  expect({ permalink, category }).toEqual({ permalink: "signed", category: "assets" });
});

describe("Who can?", () => {
  const answers = async (page: Page) => {
    const said = await page.getByLabel("What they may do").innerText();
    return said.split("\n").filter(Boolean);
  };

  test("tells of anybody, of a user and of a key, and why", async () => {
    const page = await accessTab("Invoices 2026");
    await page.getByText("Only the owner and admins may read in a private bucket.").waitFor();
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Tomás" }).click();
    await expect.poll(() => answers(page)).toContain("Admins may do everything.");
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Key Website build" }).click();
    await page.getByText("The key “Website build” has no privilege edit_buckets.").first().waitFor();
    expect((await answers(page)).filter((word) => word === "No").length).toBe(3);
  });

  test("shows nothing of the last answer while another question is under way, nor of a refusal", async () => {
    const page = await accessTab("Invoices 2026");
    const said = page.getByLabel("What they may do");
    await said.getByText("No", { exact: true }).first().waitFor();
    await page.evaluate(() => void (window.fake!.latency = 10 * 60_000));
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Tomás" }).click();
    await expect.poll(() => said.getAttribute("aria-busy")).toBe("true");
    expect(await answers(page)).toEqual(["Read", "Write", "Delete"]);

    const refusal = "Only its owner and admins may change this bucket.";
    await page.evaluate((message) => {
      window.fake!.latency = 0;
      window.fake!.failNext = { name: "access_explain", code: "forbidden", message };
    }, refusal);
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Key Website build" }).click();
    await page.getByRole("alert").getByText(refusal).waitFor();
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Tomás" }).click();
    await expect.poll(() => answers(page)).toContain("Admins may do everything.");
    expect(await page.getByRole("alert").getByText(refusal).count()).toBe(0);
    expect(await said.getAttribute("aria-busy")).toBe("false");
  });

  test("does not offer keys that let nobody in, and says of one that ends meanwhile that it has", async () => {
    const page = await accessTab();
    await page.evaluate(() => {
      const { store } = window.fake!;
      const key = store.keys.find(({ name }) => name === "Website build")!;
      const named = (name: string, change: object) => ({ ...key, id: `k${name}`, name, ...change });
      store.keys = [
        ...[named("Ended", { expires: store.now() - 60_000 }), named("Revoked", { revoked: store.now() })],
        ...[named("Living", { expires: store.now() + 3_600_000 }), key],
      ];
      store.event("key_created", null, null, "Living");
    });
    await page.getByRole("combobox", { name: "Somebody" }).click();
    await page.getByRole("option", { name: "Key Living" }).waitFor();
    expect(await page.getByRole("option", { name: /Ended|Revoked/ }).count()).toBe(0);
    await page.getByRole("option", { name: "Key Living" }).click();
    await expect.poll(() => answers(page)).toContain("Yes");
    await page.evaluate(() => {
      const { store } = window.fake!;
      store.keys = store.keys.map((key) => (key.name === "Living" ? { ...key, expires: store.now() - 60_000 } : key));
      store.event("key_revoked", null, null, "Living");
    });
    await expect
      .poll(async () => (await answers(page)).filter((word) => word === "This API key has ended.").length)
      .toBe(3);
  });

  test("asks about one file, found by its name, and about the bucket again", async () => {
    const page = await accessTab();
    await page.evaluate(() => {
      const { store } = window.fake!;
      const kept = [...store.objects.values()].find(({ info }) => info.originalName === "Logo sheet.svg")!;
      kept.info = { ...kept.info, visibility: "public" };
    });
    await page.getByRole("combobox", { name: "File" }).focus();
    await page.keyboard.type("logo");
    await page.getByRole("option", { name: "Logo sheet.svg" }).waitFor();
    await shot(page, "policy-who-file");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByText("Anyone may read this file: it is public.").waitFor();
    expect(await answers(page)).toEqual([
      ...["Read", "Yes", "Anyone may read this file: it is public."],
      ...["Write", "No", "Only signed-in users may write in this bucket."],
      ...["Delete", "No", "Only signed-in users may delete in this bucket."],
    ]);
    await page.getByRole("button", { name: "Ask about the bucket instead" }).click();
    await page.getByText("Only signed-in users may read in this bucket.").waitFor();
  });

  test("says that unsaved changes do not count yet", async () => {
    const page = await accessTab();
    await policies(page).getByRole("radio", { name: "Public to read" }).click();
    await page.getByText("This tells of the settings as they are saved").waitFor();
    await page.getByText("Only signed-in users may read in this bucket.").waitFor();
    await save(page);
    await page.getByText("Anyone may read in a public bucket.").waitFor();
  });
});

test.each([
  ["light", {}],
  ["dark", { dark: true }],
  ["narrow", { width: 880, height: 640 }],
  ["least", { width: 720, height: 480 }],
] as const)("%s: nothing runs over", async (name, options) => {
  const page = await accessTab("Client deliverables", options);
  await page.getByText("Only signed-in users may read in this bucket.").waitFor();
  await shot(page, `policy-${name}`);
  const content = page.locator('[data-region="content"]');
  expect(await content.evaluate((region) => region.scrollWidth > region.clientWidth)).toBe(false);
  await content.evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await shot(page, `policy-${name}-end`);
});
