import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Graph } from "#flow/graph.ts";
import type { Rule } from "#flow/rule.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { findings } from "./find-with-axe.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { startFlow } from "./start-flow.ts";

const restKey = process.env.CHASQUI_DEMO_API_KEY ?? "demo-api-key";
const highScore: Rule = { path: "contact.creditScore", op: "gte", value: 650 };

/** The KYC reminder, for those alone whom the rule lets in. */
const withRule = (rule: Rule): Graph => ({
  ...kycReminder.graph,
  nodes: kycReminder.graph.nodes.map((node) =>
    node.type === "trigger-event" ? { ...node, data: { ...node.data, rule } } : node,
  ),
});

/** A customer of this run's own who has never agreed to anything. */
async function addCustomer(baseUrl: string): Promise<{ userId: string; name: string; phone: string; dialled: string }> {
  const serial = String(Date.now()).slice(-6);
  const phone = `+233200${serial}`;
  const userId = `why-${serial}`;
  const traits = { firstName: "Esi", lastName: `Owusu ${serial}`, phone, locale: "en", creditScore: 590 };
  const answer = await fetch(`${baseUrl}/v1/contacts`, {
    method: "POST",
    headers: { authorization: `Bearer ${restKey}`, "content-type": "application/json" },
    body: JSON.stringify({ userId, traits }),
  });
  expect(answer.status).toBe(200);
  const dialled = `0${phone.slice(4, 6)} ${phone.slice(6, 9)} ${phone.slice(9)}`;
  return { userId, name: `Esi ${traits.lastName}`, phone, dialled };
}

const cardOf = (page: Page, flow: string): Locator => page.getByRole("region", { name: flow, exact: true });

test("An agent types the number of somebody who calls, and sees why she was not offered and why she was not written to", async ({
  page,
  context,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const customer = await addCustomer(url);
  const offer = { name: `Why offer ${customer.userId}`, event: "why.offer", graph: withRule(highScore) };
  const reminder = { name: `Why reminder ${customer.userId}`, event: "why.reminder", graph: withRule({ all: [] }) };
  const properties = { missing: ["proof of address"] };
  for (const flow of [offer, reminder])
    await sendEvent(url, { userId: customer.userId, event: await startFlow(url, flow), properties });

  await signInAs(page, "agent");
  await page.goto("/contacts");
  await page.getByPlaceholder("Name, customer id or number").fill(customer.dialled);
  const row = page.getByRole("row").filter({ hasText: customer.userId });
  await expect(page.getByRole("row")).toHaveCount(2);
  await row.click();
  await page.getByRole("link", { name: "Why?" }).click();
  await page.waitForURL(/\/contacts\/[0-9a-f-]{36}\/why$/);

  const refused = cardOf(page, offer.name);
  await expect(refused.getByText("Did not enter", { exact: true })).toBeVisible();
  await expect(refused.getByText("1 of 1 rules failed")).toBeVisible();
  const rule = refused.getByRole("row").filter({ hasText: "Credit score" });
  await expect(rule).toContainText("is at least 650");
  await expect(rule).toContainText("590");
  await expect(rule).toContainText("set by your system");
  await expect(rule.getByLabel("Fails")).toBeVisible();

  const entered = cardOf(page, reminder.name);
  await expect(entered.getByText("Entered", { exact: true })).toBeVisible();
  await expect(entered.getByText("1 message not sent")).toBeVisible({ timeout: 20_000 });
  const consent = entered.getByRole("listitem").filter({ hasText: "Consent" }).last();
  await expect(consent).toContainText("none, needs service");
  await expect(entered.getByText("This person has not agreed to such messages.")).toBeVisible();
  await expect(page.getByText(customer.phone)).toHaveCount(0);
  expect(await findings(page)).toEqual([]);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy answer" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`Did not enter · ${offer.name}`);
  expect(copied).toContain("Fails: Credit score, needs is at least 650, had 590");
  expect(copied).toContain("Consent, none, needs service");
  expect(copied).not.toContain(customer.phone.slice(-7));
});

test("From a message that did not leave, one press leads to what led to it and to nothing else", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const customer = await addCustomer(url);
  const first = { name: `Why first ${customer.userId}`, event: "why.first", graph: withRule({ all: [] }) };
  const second = { name: `Why second ${customer.userId}`, event: "why.second", graph: withRule({ all: [] }) };
  const properties = { missing: ["proof of address"] };
  for (const flow of [first, second])
    await sendEvent(url, { userId: customer.userId, event: await startFlow(url, flow), properties });

  await signInAs(page, "agent");
  await page.goto("/messages?tab=skipped");
  const row = page.getByRole("row").filter({ hasText: customer.name }).filter({ hasText: first.name });
  await row.click();
  await page.getByRole("dialog").getByRole("link", { name: "Why?" }).click();
  await page.waitForURL(/\/why\?message=/);
  await expect(cardOf(page, first.name)).toBeVisible();
  await expect(cardOf(page, second.name)).toHaveCount(0);

  await page.getByRole("combobox", { name: "Message" }).click();
  await page.getByRole("option", { name: "any message" }).click();
  await expect(cardOf(page, second.name)).toBeVisible();
});

test("Why? by REST says the same, with the key of the workspace alone", async ({ baseURL }) => {
  const url = baseURL ?? "";
  const customer = await addCustomer(url);
  const offer = { name: `Why rest ${customer.userId}`, event: "why.rest", graph: withRule(highScore) };
  const event = await startFlow(url, offer);
  await sendEvent(url, { userId: customer.userId, event, properties: {} });
  const ask = (key: string) =>
    fetch(`${url}/v1/contacts/external:${customer.userId}/explain`, { headers: { authorization: `Bearer ${key}` } });
  expect((await ask("nobody's")).status).toBe(401);
  const { flows } = await (await ask(restKey)).json();
  const told = flows.find((flow: { name: string }) => flow.name === offer.name);
  expect(told).toMatchObject({
    verdict: "did-not-enter",
    attempts: [
      {
        refusal: { reason: "entry-criteria" },
        rules: [{ test: highScore, actual: 590, verdict: "fails", asOf: "then" }],
      },
    ],
  });
});
