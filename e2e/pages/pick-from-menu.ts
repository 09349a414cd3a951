import { expect, type Locator, type Page } from "@playwright/test";

/** Walks by keys through an open menu and its sub-menus, to the lines that begin so, and takes the last. */
export async function pickFromMenu(page: Page, lines: string[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    const item = page.getByRole("menuitem", { name: new RegExp(`^${line}`) }).last();
    await expect(item).toBeVisible();
    for (let steps = 0; steps < 20 && !(await isFocused(item)); steps++) await page.keyboard.press("ArrowDown");
    await expect(item).toBeFocused();
    await page.keyboard.press(index < lines.length - 1 ? "ArrowRight" : "Enter");
  }
}

const isFocused = (item: Locator) => item.evaluate((element) => element === document.activeElement);
