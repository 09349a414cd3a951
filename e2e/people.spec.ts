import { type Browser, expect, type Page, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askVerb, callVerb, productUrl } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { setUpSecondFactor } from "./pages/account.ts";
import { Approvals } from "./pages/approvals.ts";
import { signInAs } from "./pages/sign-in.ts";
import { forgetConfirmations } from "./reach-into-database.ts";
import { draftFlow } from "./start-flow.ts";

const password = "a password of one's own";

test("Somebody is invited, sets up a second factor, shows it before approving, and is out with one press", async ({
  page,
  browser,
  baseURL,
}) => {
  const flowName = `Second factor ${Date.now()}`;
  const { id: flowId } = await draftFlow(baseURL ?? "", { name: flowName, event: "step.up", graph: kycReminder.graph });
  await signInAs(page, "maker");
  const asked = await callVerb(page, "approvals.askForFlow", { flowId, revision: 1, why: "It was tried." });
  expect(asked.status(), await asked.text()).toBe(200);

  await signInAs(page, "owner");
  const name = `Issa ${Date.now()}`;
  const { own, email } = await join(page, browser, name);
  const { app, codes } = await setUpSecondFactor(own, password);
  await forgetConfirmations();

  const approvals = new Approvals(own);
  await approvals.open(flowName);
  await own.getByRole("button", { name: /^Approve/ }).click();
  await own
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Approve/ })
    .click();
  const dialog = own.getByRole("dialog", { name: "Confirm it is you" });
  await dialog.getByLabel("Code").fill(app.lastCode());
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByText("This code was used already.")).toBeVisible();
  await dialog.getByLabel("Code").fill(await app.nextCode());
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(async () => (await askVerb(page, "flows.get", { flowId })).text()).toContain('"status":"active"');

  await signInAgain(own, email, codes[0] ?? "");

  await page.goto("/settings/audit?action=confirm-second-factor");
  await expect(page.getByRole("row").filter({ hasText: name }).first()).toBeVisible();

  await page.goto("/settings/people");
  await page.getByRole("button", { name: `What to do about ${name}` }).click();
  await page.getByRole("menuitem", { name: "Remove…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed. Their sessions have ended.")).toBeVisible();
  await own.goto("/flows");
  await own.waitForURL(/\/sign-in/);
  await own.close();
});

test("The last owner can neither be removed nor lowered", async ({ page }) => {
  await signInAs(page, "owner");
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "What to do about Mariama Sow" }).click();
  await expect(page.getByText("The last owner stays one")).toBeVisible();
  for (const name of ["Change the role…", "Remove…"])
    await expect(page.getByRole("menuitem", { name })).toHaveAttribute("aria-disabled", "true");
  const list = (await (await askVerb(page, "people.list", {})).json()).result.data.json;
  const { userId } = list.people.find((person: { email: string }) => person.email === "owner@demo.test");
  expect((await callVerb(page, "people.remove", { userId })).status()).toBe(422);
  expect((await callVerb(page, "people.changeRole", { userId, role: "maker" })).status()).toBe(422);
});

test("A key that may publish is made on the screen, publishes by REST, is in the audit log, and is revoked", async ({
  page,
  baseURL,
}) => {
  const { id: flowId } = await draftFlow(baseURL ?? "", {
    name: `By pipeline ${Date.now()}`,
    event: "by.pipeline",
    graph: kycReminder.graph,
  });
  await signInAs(page, "owner");
  await page.goto("/settings/keys");
  const keyName = `Pipeline ${Date.now()}`;
  await page.getByRole("button", { name: "Make a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(keyName);
  await dialog.getByRole("radio", { name: /Use REST/ }).click();
  await dialog.getByRole("checkbox", { name: /Publish flows/ }).click();
  await expect(dialog.getByText("This key publishes without a second person.")).toBeVisible();
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = await dialog.getByLabel("The key").inputValue();
  await dialog.getByRole("button", { name: "I have it" }).click();

  const headers = { authorization: `Bearer ${key}` };
  const publish = () => page.request.post(`${productUrl()}/v1/flows/${flowId}/publish`, { headers, data: {} });
  const published = await publish();
  expect(published.status(), await published.text()).toBe(200);

  await page.goto(`/settings/audit?about=${flowId}&action=publish-flow`);
  await expect(page.getByRole("row").filter({ hasText: "REST key" })).toHaveCount(1);
  await page.goto("/settings/audit?action=make-key");
  await expect(page.getByRole("row").filter({ hasText: keyName })).toHaveCount(1);

  await page.goto("/settings/keys");
  await page.getByRole("button", { name: `Revoke ${keyName}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("The key is revoked.")).toBeVisible();
  await expect.poll(async () => (await publish()).status()).toBe(401);
});

test("The audit log is filtered by its address, opened, checked and exported", async ({ page }) => {
  await signInAs(page, "checker");
  await page.goto("/settings/audit");
  await page.getByRole("combobox", { name: "Who" }).click();
  await page.getByRole("option", { name: "REST key" }).click();
  await expect(page).toHaveURL(/actor=api/);
  await page.getByRole("row").nth(1).getByRole("button").click();
  await expect(page.getByRole("dialog").getByText("REST key")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Check the log" }).click();
  await expect(page.getByText(/rows are as written/)).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /As CSV/ }).click();
  expect((await download).suggestedFilename()).toBe("audit-log.csv");
  await page.goto("/settings/audit?action=export-audit");
  await expect(page.getByRole("row").filter({ hasText: "Audit log exported" }).first()).toBeVisible();

  await signInAs(page, "maker");
  expect((await askVerb(page, "audit.list", {})).status()).toBe(403);
});

for (const path of ["/account", "/settings/people", "/settings/keys", "/settings/audit"])
  test(`Nobody is kept out of ${path} by how it is drawn`, async ({ page }) => {
    await signInAs(page, "owner");
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

/** Invites a checker on the screen and lets them in, in a browser of their own. */
async function join(page: Page, browser: Browser, name: string): Promise<{ own: Page; email: string }> {
  const email = `issa.${Date.now()}@bank.test`;
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill(email);
  await dialog.getByRole("radio", { name: /^Checker/ }).click();
  await dialog.getByRole("button", { name: "Make the invitation" }).click();
  const link = await dialog.getByLabel("Link of the invitation").inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(email)).toBeVisible();

  const own = await browser.newPage();
  await own.goto(new URL(link).pathname);
  await own.getByLabel("Your name").fill(name);
  await own.getByLabel("Choose a password").fill(password);
  await own.getByRole("button", { name: "Join" }).click();
  await own.waitForURL((url) => url.pathname === "/");
  return { own, email };
}

/** Out and in again: a wrong code does not, a recovery code does. */
async function signInAgain(page: Page, email: string, recoveryCode: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByLabel("Code", { exact: true }).fill("000000");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("This code is not right.")).toBeVisible();
  await page.getByRole("button", { name: /use a recovery code/ }).click();
  await page.getByLabel("Recovery code").fill(recoveryCode);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => url.pathname === "/");
}
