import { expect, type Page, test } from "@playwright/test";
import { callVerb } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";

test("An owner sees whom a smaller cap would have touched last week, and leaves it", async ({ page, baseURL }) => {
  await signInAs(page, "owner");
  await leaveMessage(page, baseURL ?? "");
  await page.goto("/settings");
  const perDay = page.getByRole("spinbutton", { name: "At most a day" });
  await expect(perDay).toHaveValue("3");
  await perDay.fill("0");
  await expect(page.getByText("A whole number from 1 to 50")).toBeVisible();
  await expect(page.getByRole("button", { name: "Review and save…" })).toBeDisabled();
  await perDay.fill("1");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "What this would have done last week" });
  await expect(
    dialog.getByText(/\d+ (person|people) touched, of [\d,]+ messages? judged|Nobody would have noticed/),
  ).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(perDay).toHaveValue("3");
});

/** Whatever other stories did to the clock, a message left last week: the one that this sends. */
async function leaveMessage(page: Page, baseUrl: string): Promise<void> {
  const merchant = `Judged ${Date.now()}`;
  await sendEvent(baseUrl, {
    userId: "demo-priya",
    event: "fraud.suspected",
    properties: { transactionId: merchant, amount: 18900, currency: "EUR", merchant, cardLast4: "4417", riskScore: 91 },
  });
  const phones = new SandboxPhones(page);
  await phones.open();
  await expect(phones.messages("Priya Nair", merchant)).toHaveCount(1);
  await phones.tap("Priya Nair", "It was me");
}

test("A change is saved with the keyboard alone, is in force for everybody, and can be taken back", async ({
  page,
}) => {
  await signInAs(page, "owner");
  await page.goto("/settings");
  const rolling = page.getByRole("switch", { name: "Also limit several days" });
  await rolling.focus();
  await page.keyboard.press("Space");
  await page.getByRole("spinbutton", { name: "At most", exact: true }).fill("400");
  await page.keyboard.press("Enter");
  const save = page.getByRole("dialog").getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeEnabled();
  await save.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved. The next message is judged by it.")).toBeVisible();

  await signInAs(page, "maker");
  await page.goto("/settings");
  await expect(page.getByText("Only an owner of the workspace may change this.")).toBeVisible();
  await expect(page.getByRole("spinbutton", { name: "At most", exact: true })).toHaveValue("400");
  await expect(page.getByRole("spinbutton", { name: "At most", exact: true })).toBeDisabled();

  await signInAs(page, "owner");
  await page.goto("/settings");
  await rolling.click();
  await page.getByRole("button", { name: "Review and save…" }).click();
  await save.click();
  await expect(page.getByText("Saved. The next message is judged by it.")).toBeVisible();
});

test("A suppression list is looked through before it is imported", async ({ page }) => {
  await signInAs(page, "owner");
  await page.goto("/settings");
  await page.getByRole("button", { name: "Import a list…" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a suppression list" });
  const csv = "phone,why\n+33639980199,revoked\nAwa,?\n+221770009999,revoked\n";
  await dialog.getByLabel("File").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(dialog.getByText("2 new entries")).toBeVisible();
  await expect(dialog.getByText("not a phone number", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Import 2 entries" }).click();
  await expect(dialog.getByText("A few words at least")).toBeVisible();
  await dialog.getByLabel("Where does this list come from?").fill("Revoked numbers, October");
  await dialog.getByRole("button", { name: "Import 2 entries" }).click();
  await expect(page.getByText("+33639980199")).toBeVisible();

  for (const value of ["+33639980199", "+221770009999"]) {
    await page.getByRole("button", { name: `Remove ${value}` }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Take off" }).click();
    await expect(page.getByRole("button", { name: `Remove ${value}` })).toHaveCount(0);
  }
});

test("A person agrees on a page of their own, and the bank keeps the words they read", async ({ page, browser }) => {
  await signInAs(page, "agent");
  await openContact(page, "demo-kwame");
  await page.getByRole("button", { name: "Opt-in link…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const address = await dialog.getByLabel("Address of the page").inputValue();

  const phone = await browser.newPage();
  await phone.goto(address);
  await phone.getByRole("button").click();
  await expect(phone.getByRole("alert")).toBeVisible();
  await phone.getByRole("checkbox").first().check();
  await phone.getByRole("button").click();
  await expect(phone.getByRole("status")).toBeVisible();
  await phone.close();

  await page.reload();
  await expect(
    page.getByText(/given on the opt-in page: “.*may send me messages on WhatsApp about my account/).first(),
  ).toBeVisible();

  await test.step("an owner may retire those words, and sees first whom that would have touched", async () => {
    await signInAs(page, "owner");
    await page.goto("/settings");
    await page.getByRole("button", { name: "Choose wordings…" }).click();
    const words = page.getByRole("dialog", { name: "Words people agreed to" });
    await words
      .getByRole("checkbox", { name: /may send me messages on WhatsApp about my account/ })
      .first()
      .uncheck();
    expect(await findings(page)).toEqual([]);
    await words.getByRole("button", { name: "Done" }).click();
    await expect(page.getByText("Consents to 1 wording count no more.")).toBeVisible();
    await page.getByRole("button", { name: "Review and save…" }).click();
    const preview = page.getByRole("dialog", { name: "What this would have done last week" });
    await expect(preview.getByRole("status")).toBeVisible();
    await preview.getByRole("button", { name: "Back" }).click();
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("Consents to all wordings count.")).toBeVisible();
  });
});

test("The server refuses what the screen does not offer", async ({ page }) => {
  await signInAs(page, "agent");
  const refused = await callVerb(page, "settings.importList", { text: "+33639980199", note: "mine" });
  expect(refused.status()).toBe(403);
});
