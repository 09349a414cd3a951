import { expect, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { startFlow } from "./start-flow.ts";

const customer = "Awa Diallo";
const words = /il nous manque encore un document \(relevé d’identité\)/;
const settings = { ...kycReminder.graph.settings, reEntry: { mode: "every-event" as const } };

test("STOP ends all messages at once and says so everywhere; START brings them back", async ({ page, baseURL }) => {
  const event = await startFlow(baseURL ?? "", {
    name: "Stop story",
    event: "stop.story",
    graph: { ...kycReminder.graph, settings },
  });
  const send = () =>
    sendEvent(baseURL ?? "", { userId: "demo-awa", event, properties: { missing: ["relevé d’identité"] } });
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.say(customer, "Arrêt");
  await openContact(page, "demo-awa");
  await expect(page.getByText("Never message")).toBeVisible();
  await expect(page.getByText("No message leaves: the person wrote STOP.")).toBeVisible();
  await expect(page.getByText("Service: Withdrawn").first()).toBeVisible();
  await expect(page.getByText("written by the person: “Arrêt”").first()).toBeVisible();

  await send();
  await page.goto("/messages?tab=skipped");
  const held = page.getByRole("row").filter({ hasText: customer }).filter({ hasText: "Stop story" }).first();
  await expect(held).toContainText("Not sent");
  await expect(held).toContainText("This person has withdrawn their consent.");
  await held.click();
  const checks = page.getByRole("dialog").getByRole("listitem");
  for (const name of ["Consent", "Not suppressed"])
    await expect(checks.filter({ hasText: name }).getByLabel("Stopped")).toBeVisible();

  await phones.open();
  await expect(phones.messages(customer, words)).toHaveCount(0);
  await phones.say(customer, "Reprendre");
  await openContact(page, "demo-awa");
  await expect(page.getByText("Service: Agreed").first()).toBeVisible();
  await expect(page.getByText("Never message")).toHaveCount(0);
  await phones.open();
  await phones.expectOneMore(customer, words, send);
});
