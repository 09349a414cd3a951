import { expect, type Page, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askVerb, callVerb, productUrl } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { signInAs } from "./pages/sign-in.ts";
import { addPlainKey } from "./reach-into-database.ts";
import { draftFlow } from "./start-flow.ts";

const { graph } = kycReminder;
const why = "It was tried with the demo customers.";

test("A maker cannot let own work go live: not by screen, not by call, not by REST; the checker can", async ({
  page,
  baseURL,
}) => {
  const name = `Four eyes ${Date.now()}`;
  const { id: flowId } = await draftFlow(baseURL ?? "", { name, event: "four.eyes", graph });
  await signInAs(page, "maker");
  const approvalId = await ask(page, flowId);

  await page.goto(`/approvals?id=${approvalId}`);
  await expect(page.getByText("You wrote this version, so someone else decides.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("a");
  await page.getByRole("button", { name: "Approve", exact: true }).click({ force: true });
  await expect(page.getByRole("alertdialog")).toHaveCount(0);

  expect((await callVerb(page, "approvals.decide", { approvalId, verdict: "approve" })).status()).toBe(403);
  expect((await callVerb(page, "flows.publish", { flowId })).status()).toBe(422);
  const key = `plain-key-${Date.now()}`;
  await addPlainKey(key);
  const headers = { authorization: `Bearer ${key}` };
  const byRest = await page.request.post(`${productUrl()}/v1/flows/${flowId}/publish`, { headers, data: {} });
  expect(await byRest.text()).toContain("needs-approval");
  expect(byRest.status()).toBe(422);
  expect(await statusOf(page, flowId)).toBe("in-review");

  await signInAs(page, "checker");
  await new Approvals(page).approve(name);
  expect(await statusOf(page, flowId)).toBe("active");
});

test("An owner may approve, but not what an owner wrote", async ({ page, baseURL }) => {
  const { id: flowId } = await draftFlow(baseURL ?? "", { name: "Owner’s own", event: "owners.own", graph });
  await signInAs(page, "owner");
  const approvalId = await ask(page, flowId);
  expect((await callVerb(page, "approvals.decide", { approvalId, verdict: "approve" })).status()).toBe(403);
  expect((await callVerb(page, "approvals.withdraw", { approvalId })).status()).toBe(200);
});

test("Where two are set, one approval is not enough and one person counts once", async ({ page, baseURL }) => {
  const name = `About money ${Date.now()}`;
  const settings = { ...graph.settings, purpose: "transaction" as const };
  const { id: flowId } = await draftFlow(baseURL ?? "", { name, event: "about.money", graph: { ...graph, settings } });
  await signInAs(page, "maker");
  const approvalId = await ask(page, flowId);

  await signInAs(page, "checker");
  const approvals = new Approvals(page);
  await approvals.open(name);
  await expect(page.getByRole("button", { name: "Approve (1 more needed)" })).toBeVisible();
  await approvals.approve(name);
  await expect(page.getByText("You have decided. Somebody else has to, too.")).toBeVisible();
  expect((await callVerb(page, "approvals.decide", { approvalId, verdict: "approve" })).status()).toBe(422);
  expect(await statusOf(page, flowId)).toBe("in-review");

  await signInAs(page, "second-checker");
  await approvals.open(name);
  await expect(page.getByText("1 of 2 needed")).toBeVisible();
  await approvals.approve(name);
  expect(await statusOf(page, flowId)).toBe("active");
});

test("A template comes back with a reason and a comment, is rewritten, asked for again and goes to WhatsApp", async ({
  page,
}) => {
  await signInAs(page, "maker");
  const name = `branch_hours_${Date.now()}`;
  const templateId = await writeTemplate(page, name);
  await page.goto(`/templates/${templateId}`);
  await askInEditor(page, "Customers stand before closed doors.");

  await signInAs(page, "checker");
  const approvals = new Approvals(page);
  await approvals.open(name);
  await expect(page.getByText("Customers stand before closed doors.")).toBeVisible();
  await page.getByRole("button", { name: "Try on sandbox phone" }).click();
  await page.getByRole("button", { name: "Show on Kwame’s phone" }).click();
  await expect(page.getByRole("status").filter({ hasText: "It is on Kwame’s phone" })).toBeVisible();
  await page.goto("/sandbox?phones=demo-kwame");
  const chat = page.getByRole("log", { name: "Messages" });
  await expect(chat.getByText("Hello Awa, your branch opens at nine tomorrow morning.").last()).toBeVisible();
  await approvals.open(name);
  const words = page.getByLabel("Comment or reason");
  await page.getByRole("button", { name: "Request changes" }).click();
  await expect(words).toBeFocused();
  await expect(page.getByText("Say why first, so that the author knows what to do.")).toBeVisible();
  await words.fill("Which branch?");
  await page.getByRole("combobox", { name: "About" }).click();
  await page.getByRole("option", { name: "Body, English" }).click();
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(page.getByText("on Body, English")).toBeVisible();
  await words.fill("Name the branch, please.");
  await page.getByRole("button", { name: "Request changes" }).click();
  await expect(page.getByText("Changes were asked for.")).toBeVisible();

  await signInAs(page, "maker");
  await page.goto(`/templates/${templateId}`);
  await expect(page.getByText("Changes were asked for.")).toBeVisible();
  await expect(page.getByRole("region", { name: "Open comments" })).toContainText("Which branch?");
  await page.getByRole("button", { name: "Mark as settled" }).click();
  await expect(page.getByRole("region", { name: "Open comments" })).toHaveCount(0);
  await page.getByRole("link", { name: "See the request" }).click();
  await expect(page.getByText("Name the branch, please.")).toBeVisible();
  await page.goto(`/templates/${templateId}`);
  await page
    .getByLabel("Body")
    .fill("Hello {{first_name}}, your branch in Dakar Plateau opens at nine tomorrow morning.");
  await askInEditor(page, "It names the branch now.");

  await signInAs(page, "checker");
  await approvals.open(name);
  expect(await findings(page)).toEqual([]);
  await approvals.approve(name);
  await page.goto(`/templates?search=${name}`);
  await expect(page.getByRole("row").filter({ hasText: name })).toContainText("Approved");
});

/** Asks as the publish dialog does. */
async function ask(page: Page, flowId: string): Promise<string> {
  const answer = await callVerb(page, "approvals.askForFlow", { flowId, revision: 1, why });
  const text = await answer.text();
  expect(answer.status(), text).toBe(200);
  return /"approvalId":"([0-9a-f-]{36})"/.exec(text)?.[1] ?? "";
}

async function statusOf(page: Page, flowId: string): Promise<string> {
  const text = await (await askVerb(page, "flows.get", { flowId })).text();
  return /"status":"([a-z-]+)"/.exec(text)?.[1] ?? text;
}

async function askInEditor(page: Page, reason: string): Promise<void> {
  await page.getByRole("button", { name: "Ask for approval" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why should this go live?").fill(reason);
  await dialog.getByRole("button", { name: "Ask for approval" }).click();
  await expect(page.getByRole("button", { name: "In review" })).toBeVisible();
}

async function writeTemplate(page: Page, name: string): Promise<string> {
  const made = await callVerb(page, "templates.create", { name, category: "utility", languages: ["en"] });
  const templateId = /"templateId":"([0-9a-f-]{36})"/.exec(await made.text())?.[1] ?? "";
  await page.goto(`/templates/${templateId}`);
  await page.getByLabel("Body").fill("Hello {{first_name}}, your branch opens at nine tomorrow morning.");
  await page.getByLabel("Sample for first_name").fill("Awa");
  await expect(page.getByText(/^Saved/)).toBeVisible();
  return templateId;
}
