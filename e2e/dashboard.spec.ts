import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { findings } from "./find-with-axe.ts";
import { Dashboard } from "./pages/dashboard.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";

test("A message that leaves is counted within moments, and stands behind its number", async ({ page, baseURL }) => {
  await signInAs(page, "owner");
  const dashboard = new Dashboard(page);
  await dashboard.open("?days=7");
  const before = await dashboard.sent();
  const merchant = `Counted ${Date.now()}`;
  await sendEvent(baseURL ?? "", {
    userId: "demo-diego",
    event: "fraud.suspected",
    properties: { transactionId: merchant, amount: 18900, currency: "EUR", merchant, cardLast4: "4417", riskScore: 91 },
  });
  await expect(async () => {
    await page.reload();
    await dashboard.figure("Sent").waitFor();
    expect(await dashboard.sent()).toBeGreaterThan(before);
  }).toPass({ timeout: 30_000 });
  const behind = await dashboard.openBehind("Sent");
  await expect(behind.getByRole("listitem").first()).toContainText("Diego Ramírez");
  await expect(behind.getByRole("listitem").first()).toContainText("Fraud alert");

  // Left waiting for his answer, the flow would take his words in another story.
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.tap("Diego Ramírez", "It was me");
});

test("What is looked at stands in the address and is told by keyboard, table and file", async ({ page }) => {
  await signInAs(page, "analyst");
  const dashboard = new Dashboard(page);
  await dashboard.open("?days=28");
  await dashboard.figure("Clicked").click();
  await expect(page).toHaveURL(/metric=click/);
  await dashboard.block("Compared").getByText("Country", { exact: true }).click();
  await expect(page).toHaveURL(/by=country/);
  const row = dashboard.block("Compared").getByRole("rowheader").getByRole("button").first();
  const country = await row.innerText();
  await row.click();
  await expect(page).toHaveURL(/country=[A-Z]{2}/);
  await expect(dashboard.block("Compared").getByRole("rowheader")).toHaveText([country]);

  const trend = page.getByRole("slider", { name: "Clicked by day" });
  await trend.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(trend).toHaveAttribute("aria-valuetext", /\d/);
  await dashboard.menu("Clicked by day", "View as table");
  await expect(dashboard.block("Clicked by day").getByRole("row")).toHaveCount(29);

  const saved = page.waitForEvent("download");
  await dashboard.menu("Clicked by day", "Download CSV");
  const lines = readFileSync(await (await saved).path(), "utf8")
    .trim()
    .split("\n");
  expect(lines).toHaveLength(29);
  expect(await findings(page)).toEqual([]);
});

test("An owner has the numbers sent to a colleague each Monday", async ({ page }) => {
  await signInAs(page, "owner");
  const dashboard = new Dashboard(page);
  await dashboard.open();
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: "E-mail reports…" }).click();
  const choice = page.getByRole("dialog").getByRole("combobox").first();
  await choice.click();
  await page.getByRole("option", { name: "Every Monday" }).click();
  await expect(choice).toHaveText("Every Monday");
  await page.goto("/settings/audit");
  await expect(page.getByRole("row").filter({ hasText: "E-mail report set" }).first()).toBeVisible();
});
