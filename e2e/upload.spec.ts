import { expect, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { callVerb } from "./call-verb.ts";
import { openContact } from "./pages/contact.ts";
import { SandboxPhones } from "./pages/sandbox-phones.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

test("A customer sends a document by the link in the message, once, and the bank sees it", async ({
  page,
  context,
  baseURL,
}) => {
  const { id: flowId, event } = await draftFlow(baseURL ?? "", {
    name: "Upload story",
    event: "document.missing",
    graph: kycReminder.graph,
  });
  await publishByKey(baseURL ?? "", flowId);
  await signInAs(page, "agent");
  const phones = new SandboxPhones(page);
  await phones.open();
  await phones.expectOneMore("Diego Ramírez", /we still need your utility bill/, () =>
    sendEvent(baseURL ?? "", { userId: "demo-diego", event, properties: { missing: ["utility bill"] } }),
  );
  const link = phones.phone("Diego Ramírez").getByRole("log").getByRole("link", { name: "Upload document" }).last();
  const address = await link.getAttribute("href");
  expect(address).toMatch(new RegExp(`^${baseURL}/r/[0-9A-Za-z]+$`));

  const opened = context.waitForEvent("page");
  await link.click();
  const form = await opened;
  await form.waitForURL(/\/u\//);
  await expect(form.getByRole("heading", { level: 1 })).toBeVisible();
  await form.getByLabel("Your file").setInputFiles({ name: "bill.pdf", mimeType: "application/pdf", buffer: pdf });
  await form.getByRole("button", { name: "Send document" }).click();
  await expect(form.getByRole("status")).toBeVisible();
  await form.goto(address ?? "");
  await expect(form.getByText("Your document is already here")).toBeVisible();
  await form.close();

  await openContact(page, "demo-diego");
  await expect(page.getByText("Document bill.pdf").first()).toBeVisible();
  await expect(page.getByText("Event document.uploaded").first()).toBeVisible();

  // Who waits for an answer in it would answer it with the words of another story.
  await signInAs(page, "maker");
  expect((await callVerb(page, "flows.archive", { flowId })).status()).toBe(200);
});
