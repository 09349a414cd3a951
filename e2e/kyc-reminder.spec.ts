import { expect, test } from "@playwright/test";
import { expectEnd } from "./pages/contact.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { pauseFlow } from "./pages/flows-list.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { TestBench } from "./pages/test-bench.ts";
import { sendEvent } from "./send-event.ts";

const firstWords = /we still need your proof of address/;
const firstWordsInFrench = /il nous manque encore un document/;
const secondWords = /your account stays limited/;
const secondWordsInFrench = /votre compte reste limité/;
const incomplete = { event: "kyc.incomplete", properties: { missing: ["proof of address"] } };

test.describe.configure({ mode: "serial" });

test("A marketer draws the KYC reminder from blank and publishes it", async ({ page }) => {
  await signInAs(page, "maker");
  await pauseFlow(page, "KYC reminder");
  const editor = new FlowEditor(page);
  await editor.openBlank();
  await editor.rename("KYC from blank");
  await editor.setGoal("kyc.completed");

  await editor.add("trigger-event");
  await editor.pick("When this event arrives", "kyc.incomplete");
  const first = await editor.add("send");
  await editor.pick("Send this template", "kyc_reminder_1");
  await editor.fillBlank("Missing document", "event.missing.0", "identity document");
  const firstWait = await editor.add("wait-until");
  await editor.pick("Event", "kyc.completed");
  await editor.fill("But at most: number", "24");
  const goal = await editor.add("goal");
  await editor.fill("Name of the goal", "KYC completed");
  await editor.select(firstWait);
  const second = await editor.add("send");
  await editor.pick("Send this template", "kyc_reminder_2");
  const secondWait = await editor.add("wait-until");
  await editor.pick("Event", "kyc.completed");
  await editor.fill("But at most: number", "72");
  await editor.zoomToFit();
  await editor.connect(secondWait, "happened", goal);
  await editor.select(secondWait);
  const handOff = await editor.add("hand-off");
  await editor.fill("To this queue", "Onboarding");
  await editor.tidyUp();
  await editor.connect(first, "button:help", handOff);
  await editor.connect(second, "button:help", handOff);

  const bench = new TestBench(page);
  await bench.open();
  await bench.start("Somebody invented");
  await expect(bench.phone.getByText(firstWordsInFrench)).toHaveCount(1);
  await expect(first).toHaveAttribute("data-run", "done");
  await expect(second).toHaveAttribute("data-run", "idle");
  await bench.skip();
  await expect(bench.phone.getByText(secondWordsInFrench)).toHaveCount(1);
  await bench.tap("Aide");
  await expect(handOff).toHaveAttribute("data-run", /done|waiting/);
  await expect(goal).toHaveAttribute("data-run", "idle");
  await bench.close();
  await editor.publish();
});

test("An event brings the message, and Help brings a person", async ({ page, baseURL }) => {
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.expectOneMore("Kwame Mensah", firstWords, () =>
    sendEvent(baseURL ?? "", { userId: "demo-kwame", ...incomplete }),
  );
  await phones.tap("Kwame Mensah", "Help");
  await page.goto("/hand-offs");
  const row = page.getByRole("listitem").filter({ hasText: "Kwame Mensah" }).filter({ hasText: "KYC from blank" });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: "Take it" }).click();
  await row.getByRole("button", { name: "Resolve…" }).click();
  await page.getByLabel("Outcome").fill("Sent the document at a branch");
  await page.getByRole("dialog").getByRole("button", { name: "Resolve" }).click();
  await expect(row).toHaveCount(0);
});

test("A day later the second reminder comes, and kyc.completed ends it with the goal reached", async ({
  page,
  baseURL,
}) => {
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.expectOneMore("Awa Diallo", firstWordsInFrench, () =>
    sendEvent(baseURL ?? "", { userId: "demo-awa", ...incomplete }),
  );
  await phones.expectOneMore("Awa Diallo", secondWordsInFrench, () => phones.skip("+24 h"));
  await sendEvent(baseURL ?? "", { userId: "demo-awa", event: "kyc.completed", properties: {} });
  await expectEnd(page, { customer: "demo-awa", flow: "KYC from blank", end: "goal reached" });
});

test("Completed before the reminder: the goal is reached and nothing more is sent", async ({ page, baseURL }) => {
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.expectOneMore("Priya Nair", firstWords, () =>
    sendEvent(baseURL ?? "", { userId: "demo-priya", ...incomplete }),
  );
  await sendEvent(baseURL ?? "", { userId: "demo-priya", event: "kyc.completed", properties: {} });
  await expectEnd(page, { customer: "demo-priya", flow: "KYC from blank", end: "goal reached" });
  await phones.open();
  await phones.skip("+24 h");
  await phones.skip("+24 h");
  await expect(phones.messages("Priya Nair", secondWords)).toHaveCount(0);
});
