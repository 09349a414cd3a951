import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

const dialogOf = (page: Page) => page.getByRole("dialog");

const startsSecondFactor = async (page: Page) => {
  await page.getByRole("button", { name: /^(Set up|Configurer)/ }).click();
  await dialogOf(page)
    .locator("input[type=password]")
    .fill(process.env.CHASQUI_DEMO_PASSWORD ?? "chasqui-demo");
  await page.keyboard.press("Enter");
  await dialogOf(page).getByTestId("typed-secret").waitFor();
};

const awaitsPeople = (page: Page) => page.getByRole("switch").waitFor();

const invites = async (page: Page) => {
  await page.getByRole("button", { name: /^(Invite somebody|Inviter)/ }).click();
  await dialogOf(page).locator("input[type=email]").fill("issa.ba@bank.example");
};

const makesKey = async (page: Page) => {
  await page.getByRole("button", { name: /^(Make a key|Créer une clé)/ }).click();
  await dialogOf(page).getByRole("textbox").fill("Pipeline");
  await dialogOf(page).getByRole("radio").last().click();
  await dialogOf(page).getByRole("checkbox").click();
};

const opensRow = (page: Page) => page.getByRole("row").nth(1).getByRole("button").click();

const checksLog = async (page: Page) => {
  await page.getByRole("button", { name: /^(Check the log|Vérifier le journal)/ }).click();
  await page.getByRole("button", { name: /^(Check again|Vérifier de nouveau)/ }).waitFor();
};

/** Who may come in, what machines may do, and the record of it. */
export const peopleScreens: Screen[] = [
  { name: "account", path: "/account", as: "owner", fitsPhone: true },
  { name: "second-factor", path: "/account", as: "owner", act: startsSecondFactor, fitsPhone: true },
  { name: "people", path: "/settings/people", as: "owner", act: awaitsPeople, isLong: true, fitsPhone: true },
  { name: "people-invite", path: "/settings/people", as: "owner", act: invites },
  { name: "keys", path: "/settings/keys", as: "owner", fitsPhone: true },
  { name: "keys-new", path: "/settings/keys", as: "owner", act: makesKey },
  { name: "audit", path: "/settings/audit", as: "checker", act: checksLog, fitsPhone: true },
  { name: "audit-row", path: "/settings/audit", as: "checker", act: opensRow },
  { name: "join-gone", path: "/join/no-such-invitation", fitsPhone: true },
];
