import { expect, type Page } from "@playwright/test";

/** Makes a draft of a starter as the gallery offers it, and answers the flow's id. Its editor is open. */
export async function takeStarter(page: Page, name: string): Promise<string> {
  await page.goto("/flows/new");
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("button", { name: "Use this starter" }).click();
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("step").first()).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
