import { expect, test } from "@playwright/test";
import { findings } from "./find-with-axe.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";

const customer = "Kwame Mensah";

test("A maker makes an opt-in form; a customer signs up, confirms by WhatsApp, and the proof stands on their page", async ({
  page,
  browser,
}) => {
  await signInAs(page, "maker");
  await page.goto("/contacts");
  await page.getByRole("link", { name: "Opt-in forms" }).click();
  await page.getByRole("button", { name: "New form" }).first().click();
  const editor = page.getByRole("dialog", { name: "New opt-in form" });
  await editor.getByRole("button", { name: "Create" }).click();
  await expect(editor.getByText("Give the form a name of two letters or more.")).toBeVisible();
  await editor.getByLabel("Name").fill("Branch Osu");
  await editor.getByLabel("Where people find it").fill("Poster at the counter");
  await editor.getByRole("checkbox", { name: "Transaction" }).click();
  await editor.getByRole("tab", { name: "Hindi" }).click();
  await editor.getByRole("checkbox", { name: "The page speaks Hindi" }).click();
  expect(await findings(page)).toEqual([]);
  await editor.getByRole("button", { name: "Create" }).click();
  const card = page.getByRole("region", { name: "Branch Osu" }).first();
  await card.getByRole("button", { name: "Share…" }).click();
  const address = await page.getByRole("dialog").getByLabel("Address").inputValue();
  expect(await findings(page)).toEqual([]);

  const stranger = await browser.newPage({ locale: "fr-FR", viewport: { width: 390, height: 844 } });
  await stranger.goto(address);
  await stranger.getByRole("link", { name: "हिन्दी" }).click();
  await expect(stranger.getByLabel("आपका WhatsApp नंबर")).toBeVisible();
  await expect(stranger.getByLabel(/हर भुगतान और ट्रांसफ़र/)).toBeVisible();
  await stranger.getByRole("link", { name: "English" }).click();
  await stranger.getByLabel("Your WhatsApp number").fill("+233 24 400 01 23");
  await stranger.getByRole("button", { name: "Sign up" }).click();
  await expect(stranger.getByRole("alert")).toHaveText(/Tick what you agree to/);
  await stranger.getByLabel(/each payment and transfer/).check();
  await stranger.getByRole("button", { name: "Sign up" }).click();
  await expect(stranger.getByRole("status")).toHaveText("One step is left");
  const words = await stranger.getByText(/^Yes, I agree: /).innerText();
  expect(await findings(stranger)).toEqual([]);
  await stranger.close();

  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.say(customer, words);
  await openContact(page, "demo-kwame");
  await expect(page.getByText("Transaction: Agreed").first()).toBeVisible();
  await expect(page.getByText(/given on an opt-in form/).first()).toBeVisible();
  await page.goto("/contacts/opt-in-forms");
  await expect(page.getByRole("region", { name: "Branch Osu" }).first()).toContainText("1 sign-up, 1 confirmed");
});
