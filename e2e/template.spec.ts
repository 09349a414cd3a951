import { expect, type Page, test } from "@playwright/test";
import { Approvals } from "./pages/approvals.ts";
import { signInAs } from "./pages/sign-in.ts";

test("A maker writes a template in two languages, sees both phones, a checker approves, and WhatsApp does", async ({
  page,
}) => {
  await signInAs(page, "maker");
  await page.goto("/templates");
  await page.getByRole("button", { name: "New template" }).click();
  const dialog = page.getByRole("dialog");
  const name = `card_ready_${Date.now()}`;
  await dialog.getByLabel("Name").fill(name);
  for (const language of ["English", "Français"]) {
    const box = dialog.getByRole("checkbox", { name: language });
    if (!(await box.isChecked())) await box.click();
  }
  await dialog.getByRole("button", { name: "Write the message" }).click();
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}/);

  await write(page, "English", "Hello {{first_name}}, your new card is ready. Choose where you want to collect it.");
  await page.getByRole("button", { name: "Add a button" }).click();
  await page.getByRole("menuitem", { name: "Quick reply" }).click();
  await page.getByLabel("Text of button 1").fill("At a branch");
  await write(page, "French", "Bonjour {{first_name}}, votre nouvelle carte est prête. Choisissez où la retirer.");
  await page.getByLabel("Text of button 1").fill("En agence");
  await page.getByLabel("Sample for first_name").fill("Awa");

  await expect(phone(page, "English")).toContainText("Hello Awa, your new card is ready.");
  await expect(phone(page, "English")).toContainText("At a branch");
  await expect(phone(page, "French")).toContainText("Bonjour Awa, votre nouvelle carte est prête.");
  await expect(phone(page, "French")).toContainText("En agence");

  await page.getByRole("button", { name: "Ask for approval" }).click();
  await dialog.getByLabel("Why should this go live?").fill("Cards are collected late because nobody says where.");
  await dialog.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("button", { name: "In review" })).toBeVisible();
  await signInAs(page, "checker");
  await new Approvals(page).approve(name);
  await page.goto(`/templates?search=${name}`);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("Approved");

  await test.step("what is approved goes to a test number, the way of all messages", async () => {
    await signInAs(page, "maker");
    await page.goto(`/templates?search=${name}`);
    await row.getByRole("link").first().click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await dialog.getByLabel("To", { exact: true }).click();
    await page.getByRole("option", { name: /Kwame/ }).click();
    await expect(dialog.getByLabel("First name")).toHaveValue("Awa");
    await dialog.getByRole("button", { name: "Send test message" }).click();
    await expect(dialog.getByText(/^(Delivered|Read)$/)).toBeVisible();
  });
});

const phone = (page: Page, language: string) => page.getByRole("region", { name: `Phone in ${language}` });

async function write(page: Page, language: string, body: string): Promise<void> {
  await page.getByRole("tab", { name: new RegExp(`^${language}`) }).click();
  await page.getByLabel("Body").fill(body);
}
