import { expect, test } from "@playwright/test";
import { z } from "zod";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { drawGraph, firstName, from, step } from "#flow/starters/starter.ts";
import { askRest } from "./ask-rest.ts";
import { callVerb } from "./call-verb.ts";
import { addCrowd, type Customer, sendToAll } from "./crowd.ts";
import { openContact } from "./pages/contact.ts";
import { HealthPage } from "./pages/health.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { provider, takenFor } from "./provider.ts";
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

// A story that broke off while sending was held must not stop those that follow.
test.afterEach(({ page }) => callVerb(page, "health.hold", { isHeld: false }));

test("With 1,000 messages queued, nothing leaves for who writes STOP later than a second after", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const name = `Stop at once ${Date.now()}`;
  const graph = drawGraph(
    { purpose: "transaction", reEntry: { mode: "every-event" } },
    [
      step("start", "trigger-event", [0, 0], { event: "stop.queued", rule: { all: [] } }),
      step("alert", "send", [0, 110], {
        template: "card_blocked",
        values: { first_name: firstName, card_last4: from("event.reference") },
      }),
    ],
    [["start", "next", "alert"]],
  );
  const event = await startFlow(url, { name, event: "stop.queued", graph });
  const crowd = await addCrowd(url, 500);
  await signInAs(page, "owner");
  const health = new HealthPage(page);
  await health.open();
  await health.answer("Hold sending…", "Hold sending");
  await sendToAll(url, crowd, event);
  await sendToAll(url, crowd, event);
  await expect(health.lane("Transaction")).toContainText(/^Transaction1,000/, { timeout: 60_000 });
  await health.answer("Release sending…", "Release sending");
  await expect.poll(async () => (await takenFor(crowd)).length, { intervals: [50] }).toBeGreaterThan(50);

  const stopped = crowd.filter((_, index) => index % 20 === 0);
  await Promise.all(stopped.map(({ phone }) => provider.say(phone, "STOP")));
  const others = crowd.filter((customer) => !stopped.includes(customer));
  await expect
    .poll(async () => (await takenFor(others)).length, { timeout: 60_000, intervals: [200] })
    .toBe(2 * others.length);
  await expect(health.lane("Transaction")).toContainText(/^Transaction0/);
  for (const customer of stopped) {
    const stoppedAt = await stopOf(url, customer);
    for (const { at } of await takenFor([customer])) expect(Date.parse(at) - stoppedAt).toBeLessThan(1_000);
  }
  expect((await takenFor(stopped)).length, "some of theirs were still queued").toBeLessThan(2 * stopped.length);
});

const Consents = z.object({ data: z.array(z.object({ state: z.string(), source: z.string(), at: z.iso.datetime() })) });

/** When a STOP was stored, as the proof of it says. */
async function stopOf(url: string, { userId }: Customer): Promise<number> {
  const answer = await askRest(url, `/v1/contacts/external:${userId}/consents`);
  const stop = Consents.parse(await answer.json()).data.find(({ source }) => source === "keyword");
  expect(stop?.state).toBe("withdrawn");
  return Date.parse(stop?.at ?? "");
}
