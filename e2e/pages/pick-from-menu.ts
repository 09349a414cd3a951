import { expect, type Page } from "@playwright/test";

/** Walks by keys through an open menu and its sub-menus, to the lines that begin so, and takes the last. */
export async function pickFromMenu(page: Page, lines: string[]): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
  for (const [index, line] of lines.entries()) {
    const wanted = new RegExp(`^${line}`);
    await expect(page.getByRole("menuitem", { name: wanted }).last()).toBeVisible();
    for (let steps = 0; steps < 20; steps++) {
      const before = await focused();
      if (wanted.test(before) && (await page.locator("[role=menuitem]:focus").count()) > 0) break;
      await page.keyboard.press("ArrowDown");
      // A menu hands the focus on a moment after the key.
      await expect.poll(focused, { intervals: [10, 20, 50] }).not.toBe(before);
    }
    await expect(page.locator("[role=menuitem]:focus")).toHaveText(wanted);
    await page.keyboard.press(index < lines.length - 1 ? "ArrowRight" : "Enter");
  }
}
