import { expect, test } from "@playwright/test";
import { askVerb, callVerb, productUrl } from "./call-verb.ts";
import { signIn, signInAs } from "./pages/sign-in.ts";

const lists = {
  flowId: "flows.list",
  contactId: "contacts.list",
  templateId: "templates.list",
  handOffId: "handOffs.list",
} as const;
type Id = keyof typeof lists;

test("What belongs to another bank does not exist for this one: by screen, by call, by REST", async ({ page }) => {
  await signIn(page, "owner@isolation.test");
  const theirs: Record<Id, string> = { flowId: "", contactId: "", templateId: "", handOffId: "" };
  for (const [id, list] of Object.entries(lists) as [Id, string][]) {
    const answer = await askVerb(page, list, {});
    const text = await answer.text();
    expect(answer.status(), text).toBe(200);
    theirs[id] = /"id":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? "";
    expect(theirs[id], `${list}: ${text}`).not.toBe("");
  }
  const { flowId, contactId, templateId, handOffId } = theirs;

  await signInAs(page, "owner");
  for (const [verb, input] of [
    ["flows.get", { flowId }],
    ["flows.export", { flowId }],
    ["contacts.get", { contactId }],
    ["templates.get", { templateId }],
    ["approvals.ofFlow", { flowId }],
    ["approvals.ofTemplate", { templateId }],
  ] as const)
    expect((await askVerb(page, verb, input)).status(), verb).toBe(404);
  for (const [verb, input] of [
    ["flows.publish", { flowId }],
    ["approvals.askForFlow", { flowId, revision: 1, why: "Stolen" }],
    ["flows.duplicate", { flowId, name: "Stolen" }],
    ["templates.delete", { templateId }],
    ["handOffs.claim", { handOffId }],
    ["contacts.setConsent", { contactId, purpose: "marketing", state: "granted", wording: "we said so" }],
  ] as const)
    expect((await callVerb(page, verb, input)).status(), verb).toBe(404);

  const headers = { authorization: `Bearer ${process.env.CHASQUI_DEMO_API_KEY ?? "demo-api-key"}` };
  for (const path of [`flows/${flowId}`, `contacts/${contactId}`])
    expect((await page.request.get(`${productUrl()}/v1/${path}`, { headers })).status(), path).toBe(404);
  expect((await page.request.post(`${productUrl()}/v1/flows/${flowId}/publish`, { headers, data: {} })).status()).toBe(
    404,
  );

  await page.goto(`/contacts/${contactId}`);
  await expect(page.getByText("This person is not in your workspace.")).toBeVisible();
  await page.goto(`/flows/${flowId}`);
  await expect(page.getByTestId("canvas")).toHaveCount(0);
  await expect(page.getByText("Nobody else sees this")).toHaveCount(0);
});
