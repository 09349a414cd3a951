import { expect, type Page, test } from "@playwright/test";
import { askVerb, callVerb, productUrl } from "./call-verb.ts";
import { takeStarter } from "./pages/flow-gallery.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { publishByKey } from "./start-flow.ts";

/** The flows of the story that is told: archived behind it, because they answer events and words that other stories use. */
const begun: string[] = [];

test.afterEach(async ({ page }) => {
  await signInAs(page, "maker");
  for (const flowId of begun.splice(0)) await callVerb(page, "flows.archive", { flowId });
});

/** Draws a flow from a starter, lets it run, and goes to the phones. */
async function start(page: Page, starter: string): Promise<SandboxPhones> {
  await signInAs(page, "maker");
  const flowId = await takeStarter(page, starter);
  begun.push(flowId);
  await publishByKey(productUrl(), flowId);
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  return phones;
}

/** Resolves whatever earlier stories left in the queue: who is with an agent gets no answer from a flow. */
async function answerAll(page: Page): Promise<void> {
  await signInAs(page, "agent");
  const queue = await (await askVerb(page, "handOffs.list", { tab: "open" })).json();
  for (const { id } of queue.result.data.json.rows)
    expect((await callVerb(page, "handOffs.resolve", { handOffId: id, outcome: "answered" })).status()).toBe(200);
}

/** What an agent finds of somebody in the queue. */
async function expectHandOff(page: Page, customer: string, words: string | RegExp): Promise<void> {
  await page.goto("/hand-offs");
  const card = page.getByRole("listitem").filter({ hasText: customer }).filter({ hasText: words });
  await expect(card.first()).toBeVisible({ timeout: 45_000 });
}

test("Transaction alert: a payment is told with amount, place and balance, and “Fraud” brings somebody", async ({
  page,
}) => {
  const phones = await start(page, "Transaction alert");
  const merchant = `Shop ${Date.now()}`;
  await sendEvent(productUrl(), {
    userId: "demo-kwame",
    event: "transaction.processed",
    properties: {
      ...{ transactionId: merchant, amount: 2500, currency: "GHS", merchant },
      ...{ cardLast4: "4417", balance: 184300 },
    },
  });
  const told = new RegExp(`GHS.25\\.00 was paid at ${merchant}.*balance is now GHS.1,843\\.00`);
  await expect(phones.messages("Kwame Mensah", told)).toHaveCount(1);
  await phones.tap("Kwame Mensah", "Fraud");
  await expectHandOff(page, "Kwame Mensah", "The customer says this payment was not theirs.");
});

test("Account update: a statement comes as a PDF, and “Details” brings its breakdown", async ({ page }) => {
  const phones = await start(page, "Account statement");
  const period = `Month ${Date.now()}`;
  await sendEvent(productUrl(), {
    userId: "demo-priya",
    event: "statement.ready",
    properties: {
      ...{ period, currency: "INR", income: 18500000, spending: 9640000, fees: 12000 },
      documentUrl: "https://bank.example/statements/october.pdf",
    },
  });
  await expect(phones.messages("Priya Nair", `your account statement for ${period} is ready`)).toHaveCount(1);
  await phones.tap("Priya Nair", "Details");
  await expect(phones.messages("Priya Nair", `Here is your account in ${period}`)).toHaveCount(1);
});

test("Payment reminder: it leaves in collections hours, and “Auto-pay” is remembered and set up by a person", async ({
  page,
}) => {
  const phones = await start(page, "Payment reminder");
  const invoiceId = `INV-${Date.now()}`;
  const dueDate = new Date(Date.now() + 40 * 86_400_000).toISOString();
  const properties = { invoiceId, amount: 1240000, currency: "INR", dueDate };
  await sendEvent(productUrl(), { userId: "demo-priya", event: "payment.due", properties });
  await phones.skipUntil("Priya Nair", /your payment of ₹12,400\.00 is due/);
  await phones.tap("Priya Nair", "Auto-pay");
  await expectHandOff(page, "Priya Nair", "The customer wants to set up auto-pay.");
});

test("Chatbot: a transfer leaves the chat by a signed link, and what is not clear goes to a person", async ({
  page,
}) => {
  await answerAll(page);
  const phones = await start(page, "Chatbot");
  await phones.expectOneMore("Diego Ramírez", /transfers are made in our app, never in this chat/, () =>
    phones.say("Diego Ramírez", "Transfer"),
  );
  const link = phones.phone("Diego Ramírez").getByRole("link", { name: /Open the app/ });
  await expect(link.last()).toHaveAttribute("href", /\/r\//);
  await phones.say("Diego Ramírez", `My aunt came by ${Date.now()}`);
  await expectHandOff(page, "Diego Ramírez", "The chatbot did not understand");
});

test("CSAT: after a conversation a score is asked for, and a low one brings somebody to put it right", async ({
  page,
}) => {
  const phones = await start(page, "CSAT");
  await phones.say("Kwame Mensah", "Hello");
  await phones.expectOneMore("Kwame Mensah", /how was our help\?/, () =>
    sendEvent(productUrl(), { userId: "demo-kwame", event: "conversation.closed", properties: { queue: "Support" } }),
  );
  await phones.tap("Kwame Mensah", "Rate us");
  const sheet = phones.sheet("Kwame Mensah");
  await sheet.getByRole("radio", { name: "1 - Bad" }).check();
  await sheet.getByRole("button", { name: "Send" }).click();
  await expectHandOff(page, "Kwame Mensah", "The customer gave a low score");
});
