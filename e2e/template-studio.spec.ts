import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { callVerb } from "./call-verb.ts";
import { signInAs } from "./pages/sign-in.ts";

test("A maker begins with the gallery in two languages, sees what WhatsApp would refuse, fixes it, and takes it out and in by file", async ({
  page,
}) => {
  await signInAs(page, "maker");
  const name = `overdue_${Date.now()}`;
  await page.goto("/templates/new");
  const preview = page.getByRole("complementary", { name: "Preview" });
  await test.step("the gallery is walked by keys, and Enter leads to the name", async () => {
    await page.getByRole("option").first().click();
    await page.getByRole("listbox", { name: "Ready texts" }).focus();
    await page.keyboard.press("End");
    await expect(page.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Home");
    await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(preview.getByLabel("Name")).toBeFocused();
  });
  await page.getByRole("option", { name: /Payment is overdue/ }).click();
  await preview.getByRole("radio", { name: "Spanish" }).click();
  await expect(preview).toContainText("No hemos recibido tu pago");
  await preview.getByLabel("Name").fill(name);
  await preview.getByRole("button", { name: "Use this text" }).click();
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}/);

  await test.step("both languages are written, side by side", async () => {
    await expect(phone(page, "English")).toContainText("Hello Ananya, we have not received your payment");
    await expect(phone(page, "French")).toContainText("Bonjour Ananya, nous n’avons pas reçu");
  });

  await test.step("a variable at the start is found, and found no more when a word stands before it", async () => {
    await page.getByRole("tab", { name: /^English/ }).click();
    const body = page.getByLabel("Body");
    const good = await body.inputValue();
    await body.fill(good.replace("Hello {{first_name}}", "{{first_name}}"));
    const checks = page.getByRole("region", { name: "Checks" });
    await expect(checks.getByRole("heading", { name: "A variable may not start the body" })).toBeVisible();
    await checks.getByRole("button", { name: "Show me" }).first().click();
    await expect(body).toBeFocused();
    await checks.getByRole("button", { name: "Apply" }).click();
    await expect(body).toHaveValue(good);
    await expect(checks.getByRole("heading", { name: "A variable may not start the body" })).toBeHidden();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  });

  await test.step("a third language by its name", async () => {
    await page.getByRole("combobox", { name: "Add a language" }).click();
    await page.getByPlaceholder("Find a language").fill("Côte");
    await page.getByRole("option", { name: /French \(Côte d’Ivoire\)/ }).click();
    await expect(page.getByRole("tab", { name: /Côte d’Ivoire/ })).toBeVisible();
    await page.getByRole("button", { name: "Remove this language" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  });

  await page.goto("/templates");
  await page.getByRole("button", { name: "Import, export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv).toContain(name);

  await test.step("the file comes in again under another name, but for the row with a fault", async () => {
    const [head = ""] = csv.split("\n");
    const mine = csv.slice(csv.indexOf(name), csv.indexOf("\n", csv.lastIndexOf(name)) + 1);
    const file = `${head}\n${mine.replaceAll(name, `${name}_copy`)}Not a name,utility,en,,,Hello,,,\n`;
    await page.getByRole("button", { name: "Import, export" }).click();
    await page.getByRole("menuitem", { name: "Import a file" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .locator("input[type=file]")
      .setInputFiles({ name: "templates.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
    await expect(dialog.getByRole("alert")).toContainText("Row 4:");
    await expect(dialog.getByRole("list", { name: "Templates of the file" })).toContainText(`${name}_copy`);
    await dialog.getByRole("button", { name: "Import 1 template" }).click();
    await expect(page.getByText("1 template is imported")).toBeVisible();
  });
  await page.goto(`/templates?search=${name}_copy`);
  await expect(page.getByRole("row").filter({ hasText: `${name}_copy` })).toContainText("Draft");

  await test.step("WhatsApp is asked, and knows nothing new", async () => {
    await page.getByRole("button", { name: "Ask WhatsApp now" }).click();
    await expect(page.getByText(/nothing has changed|changed at WhatsApp/)).toBeVisible();
  });
});

test("A maker writes a carousel, takes a mark back like typing, and the checks say what WhatsApp would refuse", async ({
  page,
}) => {
  await signInAs(page, "maker");
  await page.goto("/templates?create=true");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`cards_${Date.now()}`);
  await dialog.getByRole("radio", { name: /^Marketing/ }).click();
  await dialog.getByRole("checkbox", { name: "Français" }).uncheck();
  await dialog.getByRole("button", { name: "Write the message" }).click();
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}/);
  const body = page.getByLabel("Body", { exact: true });
  await body.fill("Two loans fit you today.");

  await test.step("bold by the keyboard, and back by undo", async () => {
    await body.selectText();
    await page.keyboard.press("Control+b");
    await expect(body).toHaveValue("*Two loans fit you today.*");
    await page.keyboard.press("Control+z");
    await expect(body).toHaveValue("Two loans fit you today.");
  });

  const checks = page.getByRole("region", { name: "Checks" });
  await page.getByRole("radio", { name: "Cards", exact: true }).click();
  await page.getByLabel("Text of card 1").fill("Car loan, paid out within a day.");
  await page.getByLabel("Text of button 1").fill("Tell me more");
  await checks.getByRole("button", { name: "Show me" }).first().click();
  await expect(page.getByLabel("Text of card 2")).toBeFocused();
  await page.getByLabel("Text of card 2").fill("Home loan with a fixed rate.");
  await page.getByLabel("Text of button 1").fill("Tell me more");
  await expect(checks.getByText("Must be fixed.")).toHaveCount(0);
  const cards = phone(page, "English").getByRole("list", { name: /2/ });
  await expect(cards.getByRole("listitem")).toHaveCount(2);
  await expect(cards).toContainText("Home loan with a fixed rate.");

  await test.step("a button is added to every card, in every language, and nothing is lost when the page is opened again", async () => {
    await page.getByRole("button", { name: "Add a button to every card" }).click();
    await page.getByRole("menuitem", { name: "Call" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await page.getByRole("radio", { name: "Card 1", exact: true }).click();
    await expect(page.getByLabel("Text of button 2")).toBeVisible();
  });
});

test("A maker writes an order that is paid in the chat: the phone shows its total, and the checks ask who is paid", async ({
  page,
}) => {
  await signInAs(page, "maker");
  await page.goto("/templates?create=true");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`order_${Date.now()}`);
  await dialog.getByRole("radio", { name: /^Utility/ }).click();
  await dialog.getByRole("checkbox", { name: "Français" }).uncheck();
  await dialog.getByRole("button", { name: "Write the message" }).click();
  await page.waitForURL(/\/templates\/[0-9a-f-]{36}/);
  await page.getByLabel("Body", { exact: true }).fill("Your instalment is due. You can pay it right here.");
  await page.getByRole("button", { name: "Add a button" }).click();
  await page.getByRole("menuitem", { name: "Order to pay" }).click();
  await page.getByLabel("Text of button 1").fill("Review and pay");
  await page.getByRole("radio", { name: "BRL" }).click();
  await page.getByRole("combobox", { name: "Paid by" }).click();
  await page.getByRole("option", { name: "Pix" }).click();
  const checks = page.getByRole("region", { name: "Checks" });
  await expect(checks.getByRole("heading", { name: "It is not said who is paid" })).toBeVisible();
  await page.getByLabel("Who is paid").fill("Banco Demo");
  await page.getByLabel("Pix key", { exact: true }).fill("7d9f0335-8dcc-4054-9bf9-0dbd61d36906");
  await expect(checks.getByText("Must be fixed.")).toHaveCount(0);
  await page.getByLabel("Sample: reference of the order").fill("L-204-3");
  await page.getByLabel("Sample: what is to be paid").fill("Instalment 3: 250.00; Late fee: 2 x 12.50");
  await expect(phone(page, "English")).toContainText("Order L-204-3");
  await expect(phone(page, "English")).toContainText("R$275.00");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
});

test("The history shows each text that WhatsApp was given and by whom; of a new template it says that there is none yet", async ({
  page,
}) => {
  await signInAs(page, "owner");
  const name = `kept_${Date.now()}`;
  const created = await callVerb(page, "templates.create", {
    name,
    category: "utility",
    languages: ["en"],
    from: "payment-confirmation",
  });
  expect(created.status(), await created.text()).toBe(200);
  await page.goto(`/templates?search=${name}`);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("button", { name: "History" }).click();
  await expect(page.getByRole("dialog")).toContainText("WhatsApp was given no text in this language yet");

  await page.goto("/templates?search=kyc_reminder_1");
  await page.getByRole("link", { name: "kyc_reminder_1", exact: true }).click();
  await page.getByRole("button", { name: "History" }).click();
  await expect(page.getByRole("heading", { name: "Version 1" })).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText(/Given to WhatsApp on .+ by \w+/);
});

const phone = (page: Page, language: string) => page.getByRole("region", { name: `Phone in ${language}`, exact: true });
