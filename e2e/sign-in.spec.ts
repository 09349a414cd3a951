import { expect, type Page, test } from "@playwright/test";
import { askVerb, callVerb } from "./call-verb.ts";
import { pressPerson, signIn } from "./pages/sign-in.ts";

const people = [
  { name: "Mariama Sow", newFlow: true, contacts: true, handOffs: true },
  { name: "Awa Diop", newFlow: true, contacts: true, handOffs: true },
  { name: "Valentina Ríos", newFlow: false, contacts: true, handOffs: false },
  { name: "Adama Ndiaye", newFlow: false, contacts: true, handOffs: false },
  { name: "Camille Laurent", newFlow: false, contacts: true, handOffs: true },
  { name: "Rohan Iyer", newFlow: false, contacts: false, handOffs: false },
];

for (const { name, newFlow, contacts, handOffs } of people) {
  test(`One press signs in ${name}, who sees what the role may see`, async ({ page }) => {
    await pressPerson(page, name);
    const screens = page.getByRole("navigation", { name: /^(Screens|Écrans)$/ });
    await expect(screens.getByRole("link", { name: "Contacts" })).toHaveCount(contacts ? 1 : 0);
    await expect(screens.locator('a[href="/hand-offs"]')).toHaveCount(handOffs ? 1 : 0);
    await screens.locator('a[href="/flows"]').click();
    await expect(page.locator('a[href^="/flows/"]').first()).toBeVisible();
    await expect(page.locator('a[href^="/flows/new"]').first()).toBeVisible({ visible: newFlow });
  });
}

test("Whoever may not publish finds the button shut, and the server refuses too", async ({ page }) => {
  await signIn(page, "analyst@demo.test");
  await page.goto("/flows");
  await page.getByRole("link", { name: "Fraud alert", exact: true }).first().click();
  await expect(page.getByRole("button", { name: /^Publi/ })).toBeDisabled();
  const flowId = new URL(page.url()).pathname.split("/").at(-1);
  expect((await callVerb(page, "flows.publish", { flowId })).status()).toBe(403);
  expect((await callVerb(page, "flows.rename", { flowId, name: "Mine now" })).status()).toBe(403);
  expect((await askVerb(page, "contacts.list", {})).status()).toBe(403);
});

test("Nobody gets in without signing in", async ({ page }) => {
  await page.goto("/contacts");
  await page.waitForURL(/\/sign-in/);
  expect((await callVerb(page, "flows.create", { name: "Nobody’s" })).status()).toBe(401);
});

test("A wrong password is told in a clear sentence, and English and French are one press away", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill("maker@demo.test");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("E-mail or password is not right.")).toBeVisible();
  await page.getByRole("button", { name: "Français" }).click();
  await expect(page.getByRole("button", { name: "Se connecter" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
});

test("A person changes the language of the whole product, and it stays", async ({ page }) => {
  await signIn(page, "checker@demo.test");
  await page.goto("/flows");
  await choose(page, /Valentina Ríos/, "Français");
  await expect(page.getByRole("navigation", { name: "Écrans" })).toBeVisible();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await choose(page, /Valentina Ríos/, "English");
  await expect(page.getByRole("navigation", { name: "Screens" })).toBeVisible();
});

async function choose(page: Page, person: RegExp, language: string): Promise<void> {
  await page.getByRole("button", { name: person }).first().click();
  await page.getByRole("menuitemradio", { name: language }).click();
}
