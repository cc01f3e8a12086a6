/** A hundred thousand files in one bucket. */
import { expect, test } from "vitest";
import { useBrowser } from "./browser";
import { names } from "./files";

const open = useBrowser();

test("a hundred thousand rows are at hand with few nodes, to the very end", async () => {
  const page = await open();
  await page.evaluate(() => {
    const { store } = window.fake!;
    const bucket = [...store.buckets.values()].find(({ title }) => title === "Nightly builds")!;
    const [like] = [...store.objects.values()];
    for (let i = 0; i < 100_000; i++) {
      const name = `frame_${String(i).padStart(6, "0")}.exr`;
      const info = { ...like!.info, id: `many${i}`, bucket: bucket.id, key: name, folder: "", name };
      store.objects.set(info.id, { info: { ...info, originalName: name, size: 1000 + i }, versions: [] });
    }
    store.recount(bucket.id);
  });
  await page.getByRole("list", { name: "Buckets" }).getByText("Nightly builds").click();
  const rows = page.getByRole("row");
  await expect.poll(() => page.getByRole("grid").getAttribute("aria-rowcount")).toBe("100030");

  const grid = page.getByRole("grid");
  const most = await grid.evaluate(async (element) => {
    let most = 0;
    for (let n = 0; n < 60; n++) {
      element.scrollTop = (element.scrollHeight / 60) * n;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, element.querySelectorAll("[id]").length);
    }
    return most;
  });
  expect(most).toBeLessThanOrEqual(300);

  await grid.focus();
  await page.keyboard.press("End");
  await expect.poll(async () => (await names(rows)).at(-1), { timeout: 10_000 }).toBe("Item 0030.jpg");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("Home");
  await expect.poll(async () => (await names(rows))[0], { timeout: 10_000 }).toBe("frame_000000.exr");
  await page.keyboard.press("Control+a");
  await page.getByText(/^100,030 selected · /).waitFor();

  await page.getByRole("button", { name: "Sort by size" }).click();
  await expect.poll(async () => (await names(rows)).length, { timeout: 10_000 }).toBeGreaterThan(20);
});
