import { expect, type Page } from "@playwright/test";

/** The person's own page says how a flow ended for them. */
export async function expectEnd(
  page: Page,
  { customer, flow, end }: { customer: string; flow: string; end: string },
): Promise<void> {
  await page.goto(`/contacts?search=${customer}`);
  await page.getByRole("row").filter({ hasText: customer }).click();
  const line = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: flow }) });
  await expect(line.first().getByText(end)).toBeVisible();
}
