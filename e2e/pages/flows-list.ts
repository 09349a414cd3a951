import { expect, type Page } from "@playwright/test";

/** Stops new entries of a flow, so that two flows with the same trigger do not answer the same event. */
export async function pauseFlow(page: Page, name: string): Promise<void> {
  await page.goto("/flows");
  await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menuitem", { name: "Pause entries…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Pause entries" }).click();
  await expect(page.getByText(`${name} takes nobody new.`)).toBeVisible();
}

/** Saves a flow's export where `file` says. */
export async function exportFlow(page: Page, name: string, file: string): Promise<string> {
  await page.goto("/flows?view=list");
  await page
    .getByRole("button", { name: `Actions for ${name}`, exact: true })
    .first()
    .click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as JSON" }).click();
  await (await download).saveAs(file);
  return file;
}
