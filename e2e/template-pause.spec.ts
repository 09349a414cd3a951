import { expect, type Page, test } from "@playwright/test";
import type { Graph } from "#flow/graph.ts";
import { drawGraph, firstName, from, step } from "#flow/starters/starter.ts";
import { callVerb } from "./call-verb.ts";
import { addCrowd, sendToAll } from "./crowd.ts";
import { Bell } from "./pages/bell.ts";
import { expectEnd } from "./pages/contact.ts";
import { HealthPage } from "./pages/health.ts";
import { signInAs } from "./pages/sign-in.ts";
import { approvedTemplate } from "./pages/template-editor.ts";
import { decideTemplate, takenFor } from "./provider.ts";
import { startFlow } from "./start-flow.ts";

const people = 1_000;

/** A receipt for each payment; who cannot have it leaves by "blocked". */
const receipt = (template: string, templateHoldHours: number | null): Graph =>
  drawGraph(
    { purpose: "transaction", reEntry: { mode: "every-event" }, templateHoldHours },
    [
      step("start", "trigger-event", [0, 0], { event: "payment.received", rule: { all: [] } }),
      step("receipt", "send", [0, 110], {
        template,
        values: { first_name: firstName, amount: from("event.amount"), reference: from("event.reference") },
      }),
      step("no-receipt", "exit", [1, 300], { reason: "Gets the receipt by post" }),
    ],
    [
      ["start", "next", "receipt"],
      ["receipt", "blocked", "no-receipt"],
    ],
  );

// A story that broke off while sending was held must not stop those that follow.
test.afterEach(async ({ page }) => {
  await signInAs(page, "owner");
  await callVerb(page, "health.hold", { isHeld: false });
});

test("WhatsApp pauses a template while 1,000 people wait: one flow's people hold and go on later, the other's leave by “blocked”", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const name = `receipt_${Date.now()}`;
  const address = await approvedTemplate(page, { name, from: "payment-confirmation" });
  const patient = `Patient ${name}`;
  const hasty = `Hasty ${name}`;
  const patientEvent = await startFlow(url, { name: patient, event: "payment.received", graph: receipt(name, 24) });
  const hastyEvent = await startFlow(url, { name: hasty, event: "payment.received", graph: receipt(name, null) });
  const crowd = await addCrowd(url, people);
  const waiting = crowd.slice(0, people / 2);
  const leaving = crowd.slice(people / 2);

  await signInAs(page, "owner");
  const health = new HealthPage(page);
  await health.open();
  await health.answer("Hold sending…", "Hold sending");
  await Promise.all([sendToAll(url, waiting, patientEvent), sendToAll(url, leaving, hastyEvent)]);
  await expect(health.lane("Transaction")).toContainText(/^Transaction1,000/, { timeout: 60_000 });
  await health.answer("Release sending…", "Release sending");
  await expect.poll(async () => (await takenFor(crowd)).length, { intervals: [50] }).toBeGreaterThan(20);
  await decideTemplate(name, "PAUSED");
  await expect(health.lane("Transaction")).toContainText(/^Transaction0/);

  await page.goto(address);
  await expect(page.getByText("Paused by WhatsApp.")).toBeVisible();
  const held = await heldOn(page, /(\d+) people hold in 1 flow\./);
  expect(held).toBeGreaterThan(people / 10);
  await page.getByRole("region", { name: "In use" }).getByRole("link", { name: patient }).click();
  expect(await heldOn(page, /(\d+) people hold for a template that WhatsApp has stopped\./)).toBe(held);
  await page.goto(`/flows?search=${name}`);
  await expect(page.getByText(`${held} people hold for a template`)).toHaveCount(1);
  await page.goto("/messages?tab=skipped");
  const skipped = page.getByRole("row").filter({ hasText: hasty }).first();
  await expect(skipped).toContainText("WhatsApp has paused or disabled the template.");
  const words = (await skipped.textContent()) ?? "";
  const gone = leaving.find(({ lastName }) => words.includes(lastName));
  await expectEnd(page, { customer: gone?.userId ?? "", flow: hasty, end: "left" });
  await signInAs(page, "maker");
  await page.goto("/");
  const bell = new Bell(page);
  await bell.open();
  await expect(bell.about(`WhatsApp paused ${name}`)).toBeVisible();
  const taken = { waiting: (await takenFor(waiting)).length, leaving: (await takenFor(leaving)).length };

  await decideTemplate(name, "APPROVED");
  await expect
    .poll(async () => (await takenFor(waiting)).length, { timeout: 60_000, intervals: [200] })
    .toBe(taken.waiting + held);
  expect((await takenFor(leaving)).length).toBe(taken.leaving);
  await page.goto(address);
  await expect(page.getByText("Approved").first()).toBeVisible();
  await expect(page.getByText("Paused by WhatsApp.")).toHaveCount(0);
});

/** How many people a screen says hold. */
async function heldOn(page: Page, words: RegExp): Promise<number> {
  const line = page.getByText(words);
  await expect(line).toBeVisible();
  return Number(words.exec((await line.textContent()) ?? "")?.[1]);
}
