import { expect, type Page, test } from "@playwright/test";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askVerb, callVerb } from "./call-verb.ts";
import { caughtMail } from "./caught-mails.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { Bell } from "./pages/bell.ts";
import { signInAs } from "./pages/sign-in.ts";
import { forgetMails } from "./reach-into-database.ts";
import { draftFlow } from "./start-flow.ts";

test("A maker asks; the checker hears the bell, gets a mail, decides from its link; the maker is told", async ({
  page,
  baseURL,
}) => {
  const name = `Told ${Date.now()}`;
  const { id: flowId } = await draftFlow(baseURL ?? "", { name, event: "told.story", graph: kycReminder.graph });
  await signInAs(page, "checker");
  await page.goto("/");
  const bell = new Bell(page);
  const before = await unreadOf(page);
  await signInAs(page, "maker");
  await forgetMails();
  await callVerb(page, "approvals.askForFlow", { flowId, revision: 1, why: "Call +221 77 123 45 67 if in doubt." });

  await signInAs(page, "checker");
  await page.goto("/");
  await expect(bell.button).toHaveAccessibleName(`Notifications, ${before + 1} not read`);
  await bell.open();
  await expect(bell.about(name)).toContainText("Awa Diop asks for approval of the flow");
  expect(await findings(page)).toEqual([]);

  const mail = await caughtMail("checker@demo.test", name);
  expect(mail.text).toContain("Call +•••67 if in doubt.");
  // Others that ask within the minute stand in the same mail.
  const own = mail.text?.slice(mail.text.indexOf(name)) ?? "";
  await page.goto(/http\S+\/approvals\?id=\S+/.exec(own)?.[0] ?? "");
  await expect(page.getByRole("heading", { level: 2, name, exact: true })).toBeVisible();
  await forgetMails();
  await new Approvals(page).approve(name);

  await signInAs(page, "maker");
  await page.goto("/");
  await bell.open();
  await bell.about(name).click();
  await expect(page).toHaveURL(/\/approvals\?.*id=/);
  await caughtMail("maker@demo.test", `Valentina Ríos approved the flow ${name}`);
  await expect(bell.panel).toHaveCount(0);
});

test("Everything is on the page, is read by keyboard, and one chooses what one hears of", async ({ page, baseURL }) => {
  const name = `Chosen ${Date.now()}`;
  const { id: flowId } = await draftFlow(baseURL ?? "", { name, event: "chosen.story", graph: kycReminder.graph });
  await signInAs(page, "maker");
  await callVerb(page, "approvals.askForFlow", { flowId, revision: 1, why: "People forget." });

  await signInAs(page, "checker");
  await page.goto("/notifications?tab=unread");
  const main = page.getByRole("main");
  const newest = main.getByRole("link").filter({ hasText: name });
  await newest.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await expect(newest).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await main.getByRole("button", { name: "Mark all as read" }).click();
  await expect(main.getByText("You have read everything.")).toBeVisible();

  await main.getByRole("link", { name: "Choose what you hear of" }).click();
  const inApp = page.getByRole("switch", { name: "A comment on a request of yours: in Chasqui" });
  await expect(inApp).toBeChecked();
  await expect(page.getByText("E-mails go to checker@demo.test")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await inApp.click();
  await expect(inApp).not.toBeChecked();
  await page.reload();
  await expect(inApp).not.toBeChecked();
  await inApp.click();
  await expect(inApp).toBeChecked();
});

async function unreadOf(page: Page): Promise<number> {
  const text = await (await askVerb(page, "notifications.unread", {})).text();
  return Number(/"unread":(\d+)/.exec(text)?.[1] ?? Number.NaN);
}
