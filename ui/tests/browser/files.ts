/** What specs about files have in common. */
import type { Locator, Page } from "playwright-core";

export function row(page: Page, name: string): Locator {
  return page.getByRole("row", { name, exact: true });
}

/** The accessible names of some elements, in the order of the page. */
export async function names(rows: Locator): Promise<string[]> {
  const found = await rows.evaluateAll((elements) =>
    elements.map((element) => ({
      name: element.getAttribute("aria-label") ?? "",
      top: element.getBoundingClientRect().top,
    })),
  );
  return found.sort((a, b) => a.top - b.top).map(({ name }) => name);
}

/** Waits for a notice with these words. */
export async function notice(page: Page, text: string): Promise<void> {
  await page.getByRole("status").getByText(text, { exact: true }).first().waitFor();
}
