import { expect, type Page, test } from "@playwright/test";
import { sandboxIdentity } from "#server/sandbox/identity.ts";
import { signInAs } from "./pages/sign-in.ts";

test("An owner checks the number, sends a test message and sees it read", async ({ page }) => {
  await signInAs(page, "owner");
  await page.goto("/");
  await page.getByRole("link", { name: "Channels" }).first().click();
  await page
    .locator("main")
    .getByRole("link", { name: /^\+1 555/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Check now" }).click();
  const checks = page.getByRole("listitem");
  for (const name of ["The token is valid", "Number and account belong together", "Only genuine calls are taken"])
    await expect(checks.filter({ hasText: name }).getByLabel("As it must be")).toBeVisible();

  await pick(page, "To", "Kwame");
  await pick(page, "Template", "");
  await page.getByRole("button", { name: "Send test message" }).click();
  await expect(page.getByText(/^(Delivered|Read)$/)).toBeVisible();

  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Pause the number" }).click();
  await expect(page.getByText("Nothing leaves by this number.")).toBeVisible();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Resume the number" }).click();
  await expect(page.getByText("Nothing leaves by this number.")).toHaveCount(0);
});

test("What WhatsApp does not accept is told line by line, and nothing is kept", async ({ page }) => {
  await signInAs(page, "owner");
  await page.goto("/channels");
  const numbers = page.locator("main a[href^='/channels/']").filter({ hasNotText: "Connect a number" });
  await expect(numbers.first()).toBeVisible();
  const before = await numbers.count();
  await page.getByRole("link", { name: "Connect a number" }).click();
  await page.getByRole("radio", { name: "Sandbox" }).click();
  await page.getByRole("button", { name: "Check and connect" }).click();
  await expect(page.getByText("Give the number a name.")).toBeVisible();

  const identity = sandboxIdentity("0".repeat(64));
  await page.getByLabel("Name in Chasqui").fill("Second line");
  await page.getByLabel("Phone number ID").fill(identity.phoneNumberId);
  await page.getByLabel("WhatsApp Business account ID").fill(identity.accountId);
  await page.getByLabel("Access token").fill("E".repeat(40));
  await page.getByLabel("App secret").fill(identity.appSecret);
  await page.getByRole("button", { name: "Check and connect" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "Nothing was kept" });
  await expect(alert.getByRole("listitem").filter({ hasText: "The token is valid" })).toContainText("Make a new token");
  await page.goto("/channels");
  await expect(numbers).toHaveCount(before);
});

test("A maker sees the numbers and sets nothing up", async ({ page }) => {
  await signInAs(page, "maker");
  await page.goto("/channels");
  await expect(page.locator("main a[href^='/channels/']").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Connect a number" })).toHaveCount(0);
  const answer = await page.goto("/channels/connect");
  expect(answer?.status()).toBe(404);
});

async function pick(page: Page, label: string, typed: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  await page.keyboard.type(typed);
  await page.getByRole("option").first().click();
}
