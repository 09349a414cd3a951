import { expect, test } from "@playwright/test";
import { expectEnd } from "./pages/contact.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { pauseFlow } from "./pages/flows-list.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";

const offerWords = /pre-approved for a loan of up to/;
const reminderWords = /your pre-approved loan/;
const offer = { amount: 450000000, currency: "COP", expiresAt: "2027-06-30T00:00:00Z", offerId: "LOAN-1" };

test.describe.configure({ mode: "serial" });

test("A marketer draws the loan pre-approval from blank and publishes it", async ({ page }) => {
  await signInAs(page, "maker");
  await pauseFlow(page, "Loan pre-approval");
  const editor = new FlowEditor(page);
  await editor.openBlank();
  await editor.rename("Loan from blank");
  await editor.setPurpose("Marketing");
  await editor.setGoal("loan.applied");

  await editor.add("trigger-event");
  await editor.pick("When this event arrives", "credit.scored");
  const score = await editor.add("condition");
  await editor.setBranch("650 or more", { path: "event.creditScore", comparison: "is at least", value: "650" });
  const split = await editor.add("split");
  await editor.fill("Name of the experiment", "call-to-action");
  const offerA = await editor.add("send");
  await editor.pick("Send this template", "loan_offer_apply");
  await fillOffer(editor);
  const wait = await editor.add("wait-until");
  await editor.pick("Event", "loan.applied");
  await editor.fill("But at most: number", "48");
  const goal = await editor.add("goal");
  await editor.fill("Name of the goal", "Loan applied");
  await editor.zoomToFit();
  await editor.select(wait);
  await editor.add("send");
  await editor.pick("Send this template", "loan_reminder");
  await fillOffer(editor);
  await editor.add("exit");
  await editor.zoomToFit();
  await editor.select(split);
  const offerB = await editor.add("send");
  await editor.pick("Send this template", "loan_offer_get");
  await fillOffer(editor);
  await editor.tidyUp();
  await editor.connect(offerB, "next", wait);
  await editor.select(offerA);
  await editor.select(score);
  const tooLow = await editor.add("exit");
  await expect(tooLow).toBeVisible();
  await expect(goal).toBeVisible();
  await editor.publish();
});

test("A good score gets one of two offers, a reminder after two days, and loan.applied reaches the goal", async ({
  page,
  baseURL,
}) => {
  await signInAs(page, "agent");
  await sendEvent(baseURL ?? "", {
    userId: "demo-kwame",
    event: "credit.scored",
    properties: { creditScore: 720, ...offer },
  });
  const phones = new SandboxPhones(page);
  await phones.open();
  await expect(phones.messages("Kwame Mensah", offerWords)).toHaveCount(1);
  await expect(
    phones
      .phone("Kwame Mensah")
      .getByRole("log")
      .getByText(/^(Apply now|Get a loan)$/),
  ).toHaveCount(1);
  await phones.skip("+24 h");
  await phones.skip("+24 h");
  await expect(phones.messages("Kwame Mensah", reminderWords)).toHaveCount(1);
  await sendEvent(baseURL ?? "", { userId: "demo-kwame", event: "loan.applied", properties: { offerId: "LOAN-1" } });
  await expectEnd(page, { customer: "demo-kwame", flow: "Loan from blank", end: "goal reached" });
});

test("A low score gets nothing", async ({ page, baseURL }) => {
  await signInAs(page, "agent");
  await sendEvent(baseURL ?? "", {
    userId: "demo-priya",
    event: "credit.scored",
    properties: { creditScore: 540, ...offer },
  });
  await expectEnd(page, { customer: "demo-priya", flow: "Loan from blank", end: "left" });
  const phones = new SandboxPhones(page);
  await phones.open();
  await expect(phones.messages("Priya Nair", offerWords)).toHaveCount(0);
});

async function fillOffer(editor: FlowEditor): Promise<void> {
  await editor.fillBlank("Amount", "event.amount", "the agreed amount");
  await editor.fillBlank("Expires", "event.expiresAt", "the end of the year");
  await editor.setTrackedLink(/Link of the button/, "https://bank.example/loans/apply");
}
