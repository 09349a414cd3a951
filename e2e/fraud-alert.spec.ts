import { expect, test } from "@playwright/test";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";

test("A suspected fraud is asked about at once, and “Not me” brings somebody urgently", async ({ page, baseURL }) => {
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  const merchant = `Shop ${Date.now()}`;
  await sendEvent(baseURL ?? "", {
    userId: "demo-diego",
    event: "fraud.suspected",
    properties: { transactionId: merchant, amount: 18900, currency: "EUR", merchant, cardLast4: "4417", riskScore: 91 },
  });
  await expect(phones.messages("Diego Ramírez", `stopped a payment of €189.00 at ${merchant}`)).toHaveCount(1, {
    timeout: 10_000,
  });
  await phones.tap("Diego Ramírez", "Not me");
  await page.goto("/hand-offs");
  const card = page
    .getByRole("listitem")
    .filter({ hasText: "Diego Ramírez" })
    .filter({ hasText: "Fraud alert" })
    .first();
  await expect(card).toContainText("Urgent", { timeout: 45_000 });
  await expect(card).toContainText("Not me");
});
