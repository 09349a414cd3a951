import { expect, type Page } from "@playwright/test";

/** Signs in by one press on a demo person, as the sign-in page offers it. */
export async function signInAs(page: Page, role: "owner" | "maker" | "checker" | "agent" | "analyst"): Promise<void> {
  const words = { owner: "Owner", maker: "Maker", checker: "Checker", agent: "Agent", analyst: "Analyst" }[role];
  await page.goto("/sign-in");
  await page
    .getByRole("button", { name: new RegExp(words, "i") })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForURL((url) => url.pathname === "/");
}
