/** The Access page: users, keys shown once, keys revoked in place, new signing keys. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { shot, useBrowser, type OpenOptions } from "./browser";
import { notice } from "./files";

const open = useBrowser();

async function accessPage(options?: OpenOptions): Promise<Page> {
  const page = await open(options);
  await page.getByRole("navigation").getByRole("button", { name: "Access" }).click();
  await page.getByRole("table", { name: "Users" }).waitFor();
  return page;
}

const user = (page: Page, name: string) =>
  page.getByRole("table", { name: "Users" }).getByRole("row", { name, exact: true });
const key = (page: Page, name: string) =>
  page.getByRole("table", { name: "API keys" }).getByRole("row", { name, exact: true });

describe("users", () => {
  test("one is added by keyboard, with groups, and stands in the list", async () => {
    const page = await accessPage();
    await page.getByRole("button", { name: "Add user" }).press("Enter");
    await page.keyboard.type("Nora Lind");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("team:print,client:halden ");
    await page.keyboard.press("Enter");
    await user(page, "Nora Lind").getByText("team:print").waitFor();
    await notice(page, "Nora Lind added. Make a key to let them in");
    const added = await page.evaluate(() => window.fake!.store.users.find(({ name }) => name === "Nora Lind"));
    expect(added).toMatchObject({ role: "member", groups: ["client:halden", "team:print"] });
  });

  test("a name that is taken and a group that is none are said where they stand", async () => {
    const page = await accessPage();
    await page.getByRole("button", { name: "Add user" }).click();
    const dialog = page.getByRole("dialog", { name: "Add user" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Jonas");
    await dialog.getByRole("textbox", { name: "Groups" }).fill("film");
    await dialog.getByRole("button", { name: "Add user" }).click();
    await dialog.getByText("“film” is no group. Write it as kind:name, such as team:eng").waitFor();
    await shot(page, "access-user-wrong");
    await dialog.getByRole("button", { name: "Remove film" }).click();
    await dialog.getByRole("button", { name: "Add user" }).click();
    await dialog.getByText("There is or was a user “Jonas”. Choose another name.").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("a change of role and groups is taken back by Undo", async () => {
    const page = await accessPage();
    await user(page, "Jonas").getByRole("button", { name: "Change Jonas" }).click();
    const dialog = page.getByRole("dialog", { name: "Change Jonas" });
    await dialog.getByRole("radio", { name: "Admin" }).click();
    await dialog.getByRole("textbox", { name: "Groups" }).fill("team:edit");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await user(page, "Jonas").getByText("Admin").waitFor();
    await user(page, "Jonas").getByText("team:edit").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await user(page, "Jonas").getByText("Member").waitFor();
    await expect.poll(() => user(page, "Jonas").getByText("team:edit").count()).toBe(0);
  });

  test("one is removed after the question says what becomes of keys and files", async () => {
    const page = await accessPage();
    await user(page, "Jonas").getByRole("button", { name: "Remove Jonas" }).click();
    const question = page.getByRole("alertdialog", { name: "Remove Jonas?" });
    await question.getByText("Their key stops working at once. What Jonas brought stays.").waitFor();
    await shot(page, "access-remove");
    await question.getByRole("button", { name: "Remove Jonas" }).click();
    await user(page, "Jonas").waitFor({ state: "detached" });
    await key(page, "Render farm").waitFor({ state: "detached" });
  });

  test("the owner can be changed but not removed or made a member", async () => {
    const page = await accessPage();
    expect(await user(page, "Mara").getByRole("button").count()).toBe(1);
    await user(page, "Mara").getByRole("button", { name: "Change Mara" }).click();
    const dialog = page.getByRole("dialog", { name: "Change Mara" });
    await dialog.getByText("The owner of this home stays its admin.").waitFor();
    expect(await dialog.getByRole("radio").count()).toBe(0);
  });
});

describe("keys", () => {
  test("a new one is shown once, and closing without having copied it is told first", async () => {
    const page = await accessPage();
    await page.getByRole("button", { name: "Make key" }).click();
    const dialog = page.getByRole("dialog", { name: "Make key" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Nightly upload");
    await shot(page, "access-key");
    await dialog.getByRole("button", { name: "Make key" }).click();
    const secret = page.getByRole("dialog", { name: "Key for Nightly upload" });
    const value = await secret.getByRole("textbox", { name: "Key" }).inputValue();
    expect(value).toMatch(/^pail_.{43}$/);
    await page.keyboard.press("Escape");
    await secret.getByText("You have not copied it.").waitFor();
    await shot(page, "access-secret");
    await secret.getByRole("button", { name: "Copy key" }).click();
    await expect.poll(() => page.evaluate(() => window.fake!.copied)).toEqual([value]);
    await secret.getByRole("button", { name: "Done" }).click();
    await key(page, "Nightly upload").getByText("Edit", { exact: true }).waitFor();
    expect(await page.content()).not.toContain(value);
  });

  test("of a member cannot do everything, and says why", async () => {
    const page = await accessPage();
    await page.getByRole("button", { name: "Make key" }).click();
    const dialog = page.getByRole("dialog", { name: "Make key" });
    await dialog.getByRole("checkbox", { name: "Everything" }).click();
    expect(await dialog.getByRole("checkbox", { name: "Make buckets" }).getAttribute("aria-checked")).toBe("true");
    await dialog.getByRole("combobox", { name: "User" }).click();
    await page.getByRole("option", { name: "Ines Falk" }).click();
    await dialog.getByText("Ines Falk is a member. Only keys of admins can do everything.").waitFor();
    await dialog.getByRole("textbox", { name: "Name" }).fill("Photos");
    await dialog.getByRole("radio", { name: "30 days" }).click();
    await dialog.getByRole("textbox", { name: "Speed" }).fill("5");
    await dialog.getByRole("button", { name: "Make key" }).click();
    await page.getByRole("dialog", { name: "Key for Photos" }).waitFor();
    const made = await page.evaluate(() => window.fake!.store.keys.at(-1));
    expect(made).toMatchObject({ user: "Ines Falk", privileges: ["edit_buckets"], rate: 5 });
    expect(made!.expires! - made!.created).toBeGreaterThan(29 * 86_400_000);
  });

  test("one is revoked in its place, by keyboard, and Escape keeps it", async () => {
    const page = await accessPage();
    const revoke = key(page, "Backup script").getByRole("button", { name: "Revoke Backup script" });
    await revoke.focus();
    await page.keyboard.press("Enter");
    await key(page, "Backup script").getByText("It stops working at once, for good").waitFor();
    await shot(page, "access-revoke");
    await page.keyboard.press("Escape");
    expect(await revoke.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await key(page, "Backup script").getByRole("button", { name: "Revoke key" }).press("Enter");
    await key(page, "Backup script").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Show 2 that work no more" }).click();
    await key(page, "Backup script").getByText("Revoked Today").waitFor();
  });

  test("a workspace without any says what one is for", async () => {
    const page = await accessPage({ fake: "empty" });
    await page.getByText("A program, another computer or a person in a browser comes in by a key.").waitFor();
    expect(await page.getByRole("table", { name: "API keys" }).count()).toBe(0);
  });
});

test("all signed links end after a question, and a new key alone ends none", async () => {
  const page = await accessPage();
  await page.evaluate(async () => {
    const { store } = window.fake!;
    const link = { id: "l1", url: "", path: "", expires: Date.now() + 1e6, created: 0, by: "Mara" };
    store.signed = [{ object: "o1", link: { ...link, download: null, revoked: null } }];
  });
  const revoked = () => page.evaluate(() => window.fake!.store.signed[0]!.link.revoked);
  await page.getByRole("button", { name: "Sign with a new key", exact: true }).click();
  await notice(page, "Links are signed with a new key from now on");
  expect(await revoked()).toBeNull();
  await page.getByRole("button", { name: "Sign with a new key and end all links" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "End all signed links" }).click();
  await notice(page, "All signed links have ended. New ones are signed with a new key");
  expect(await revoked()).not.toBeNull();
});

test("what may not be seen is said with the next step", async () => {
  const page = await open();
  await page.evaluate(() => {
    window.fake!.failNext = { name: "user_list", code: "forbidden", message: "Only admins see the users. Ask one." };
  });
  await page.getByRole("navigation").getByRole("button", { name: "Access" }).click();
  await page.getByRole("alert").getByText("Only admins see the users. Ask one.").waitFor();
  await shot(page, "access-trouble");
  await page.getByRole("button", { name: "Try again" }).click();
  await user(page, "Jonas").waitFor();
});

test.each([
  ["light", {}],
  ["dark", { dark: true }],
  ["narrow", { width: 880, height: 640 }],
  ["least", { width: 720, height: 480 }],
] as const)("%s: nothing runs over", async (name, options) => {
  const page = await accessPage(options);
  await shot(page, `access-${name}`);
  const over = await page.evaluate(() => {
    const region = document.querySelector('[data-region="content"]')!;
    return region.scrollWidth > region.clientWidth;
  });
  expect(over).toBe(false);
});
