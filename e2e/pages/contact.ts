import { expect, type Page } from "@playwright/test";

/** Opens a person's own page by way of the list. */
export async function openContact(page: Page, customer: string): Promise<void> {
  await page.goto(`/contacts?search=${customer}`);
  await page.getByRole("row").filter({ hasText: customer }).click();
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
}

/** The person's own page says how a flow ended for them. */
export async function expectEnd(
  page: Page,
  { customer, flow, end }: { customer: string; flow: string; end: string },
): Promise<void> {
  await openContact(page, customer);
  const line = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: flow }) });
  await expect(line.first().getByText(end)).toBeVisible();
}
