import { expect, type Page, test } from "@playwright/test";
import { Graph } from "#flow/graph.ts";
import { expectEnd } from "./pages/contact.ts";
import { HealthPage } from "./pages/health.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { forgetWaits, setVisits } from "./reach-into-database.ts";
import { sendEvent } from "./send-event.ts";
import { startFlow } from "./start-flow.ts";

const customer = { id: "demo-priya", name: "Priya" };
const name = `Health story ${Date.now()}`;
const position = { x: 0, y: 0 };
const waitsForEvent = Graph.parse({
  schemaVersion: 1,
  nodes: [
    { id: "start", type: "trigger-event", position, data: { event: "health.story", rule: { all: [] } } },
    {
      id: "wait",
      type: "wait-until",
      position,
      data: {
        sources: [{ kind: "event", id: "done", event: "health.done" }],
        timeout: { amount: 1, unit: "days" },
      },
    },
    { id: "end", type: "exit", position, data: {} },
  ],
  edges: [
    { id: "a", source: "start", sourceHandle: "next", target: "wait" },
    { id: "b", source: "wait", sourceHandle: "done", target: "end" },
  ],
  settings: { reEntry: { mode: "every-event" } },
});

test("An owner sees a dead letter, gives it up or repairs its cause and retries it", async ({ page, baseURL }) => {
  const event = await startFlow(baseURL ?? "", { name, event: "health.story", graph: waitsForEvent });
  const send = (word: string) => sendEvent(baseURL ?? "", { userId: customer.id, event: word, properties: {} });
  await signInAs(page, "owner");
  const health = new HealthPage(page);

  await send(event);
  await expectWaiting(page);
  await setVisits(name, "broken");
  await send("health.done");
  await health.open();
  await expect(health.letters(name)).toContainText("Wait until");
  await expect(page.getByRole("status").filter({ hasText: /dead letter/ })).toBeVisible();
  await health.expectToLookAt(/dead letter/);
  await expect(health.badge).toBeVisible();

  await health
    .letters(name)
    .getByRole("button", { name: `Discard ${name}…` })
    .click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await expect(health.letters(name)).toBeVisible();
  await health.answer(`Discard ${name}…`, "Discard 1 item");
  await expect(page.getByText("1 item is given up")).toBeVisible();
  await expect(health.letters(name)).toHaveCount(0);

  await send("health.done");
  await expect(health.letters(name)).toBeVisible();
  await setVisits(name, "whole");
  await health.letters(name).getByRole("checkbox").check();
  await health.panel("Dead letters").getByRole("button", { name: "Retry", exact: true }).first().click();
  await expect(page.getByText("1 item is applied again")).toBeVisible();
  await expect(health.letters(name)).toHaveCount(0);
  await expectEnd(page, { customer: customer.name, flow: name, end: "left" });
});

test("While sending is held nothing leaves; released, it does", async ({ page, baseURL }) => {
  const merchant = `Held shop ${Date.now()}`;
  await signInAs(page, "owner");
  const health = new HealthPage(page);
  const phones = new SandboxPhones(page);
  await forgetWaits();
  await health.open();
  await health.answer("Hold sending…", "Hold sending");
  await expect(page.getByText("All sending is held.").first()).toBeVisible();
  await sendEvent(baseURL ?? "", {
    userId: "demo-diego",
    event: "fraud.suspected",
    properties: { transactionId: merchant, amount: 18900, currency: "EUR", merchant, cardLast4: "4417", riskScore: 91 },
  });
  await expect(health.lane("Fraud")).toContainText("Held");
  await expect(health.lane("Fraud")).toContainText(/^Fraud[1-9]/);
  await phones.open();
  await expect(phones.messages("Diego Ramírez", merchant)).toHaveCount(0);

  await health.open();
  await health.answer("Release sending…", "Release sending");
  await expect(page.getByText("Every lane is on time")).toBeVisible();
  await phones.open();
  await expect(phones.messages("Diego Ramírez", merchant)).toHaveCount(1);
  // Left waiting for his answer, the flow would take his words in another story.
  await phones.tap("Diego Ramírez", "It was me");
});

test("Whoever has no business there finds no Health screen", async ({ page }) => {
  await signInAs(page, "agent");
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Health" })).toHaveCount(0);
  const answer = await page.goto("/health");
  expect(answer?.status()).toBe(404);
});

async function expectWaiting(page: Page): Promise<void> {
  await expect(async () => {
    await page.goto(`/contacts?search=${customer.name}`);
    await page.getByRole("row").filter({ hasText: customer.name }).click();
    await page.waitForURL(/\/contacts\/[0-9a-f-]{36}/);
    await expect(page.getByRole("link", { name }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
}
