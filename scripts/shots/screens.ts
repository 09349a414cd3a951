import type { Page } from "@playwright/test";
import { audienceScreens } from "./audience-screens.ts";
import { dashboardScreens } from "./dashboard-screens.ts";
import { editorScreens } from "./editor-screens.ts";
import { experimentScreens } from "./experiment-screens.ts";
import { liveScreens } from "./live-screens.ts";
import { neverAnswers } from "./never-answers.ts";
import { notificationScreens } from "./notification-screens.ts";
import { peopleScreens } from "./people-screens.ts";
import { phoneScreens } from "./phone-screens.ts";
import type { Screen } from "./screen.ts";
import { templateScreens } from "./template-screens.ts";

/** The rows that stand there while a list loads hold no words. */
const firstRow = (page: Page) => page.locator("tbody tr").filter({ hasText: /\S/ }).first();

const openFlow = async (page: Page, name: string) => {
  await page.getByRole("link", { name }).first().click();
  await page.locator(".react-flow__node").first().waitFor();
};

const choosesFirstLetter = async (page: Page) => {
  const letters = page.getByRole("region", { name: /^(Dead letters|Lettres mortes)$/ });
  await letters.getByRole("checkbox").nth(1).check();
};

const choosesWordings = async (page: Page) => {
  await page.getByRole("button", { name: /^(Choose wordings|Choisir les textes)/ }).click();
  await page.getByRole("dialog").getByRole("checkbox").first().waitFor();
};

const lowersCap = async (page: Page) => {
  await page.getByRole("spinbutton").first().fill("1");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("status").waitFor();
};

/** Every screen and its main states, in the order of the rail. */
export const screens: Screen[] = [
  { name: "sign-in", path: "/sign-in" },
  { name: "home", path: "/", as: "maker", isLong: true },
  ...dashboardScreens,
  { name: "flows", path: "/flows", as: "maker" },
  { name: "flow-gallery", path: "/flows/new", as: "maker" },
  { name: "flow-editor", path: "/flows", as: "maker", act: (page) => openFlow(page, "KYC") },
  {
    name: "flow-editor-step",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page
        .locator('[data-testid="step"][data-step-type="send"]')
        .first()
        .click({ position: { x: 90, y: 20 } });
      await page.locator('[data-testid="step"][data-selected="true"]').waitFor();
    },
  },
  ...editorScreens,
  {
    name: "test-bench",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page.getByRole("button", { name: /^(Test|Tester|Essayer)$/ }).click();
      const bench = page.getByRole("complementary").last();
      await bench.getByRole("button", { name: /^(Start|Démarrer|Commencer|Lancer)/ }).click();
      await bench.getByRole("button", { name: /^(Skip to|Aller|Avancer|Passer)/ }).click();
    },
  },
  {
    name: "backtest",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page.getByRole("button", { name: /^(Backtest|Rejeu)$/ }).click();
      const drawer = page.getByRole("complementary").last();
      await drawer.getByRole("button", { name: /^(Run|Run again|Lancer|Relancer)$/ }).click();
      await drawer.locator("dl").waitFor();
      await drawer.getByRole("progressbar").waitFor({ state: "detached" });
    },
  },
  {
    name: "publish",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openFlow(page, "KYC");
      await page.getByRole("button", { name: /^Publi/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  ...templateScreens,
  ...audienceScreens,
  ...experimentScreens,
  { name: "contacts", path: "/contacts", as: "agent" },
  {
    name: "opt-in-forms",
    path: "/contacts/opt-in-forms",
    as: "maker",
    fitsPhone: true,
    act: (page) =>
      page
        .getByRole("button", { name: /^(New form|Nouveau formulaire)$/, disabled: false })
        .first()
        .waitFor(),
  },
  {
    name: "opt-in-form-editor",
    path: "/contacts/opt-in-forms",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      await page
        .getByRole("button", { name: /^(New form|Nouveau formulaire)$/ })
        .first()
        .click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "contact",
    path: "/contacts?search=Kwame",
    as: "agent",
    isLong: true,
    act: async (page) => {
      await firstRow(page).click();
      await page.locator("h2").first().waitFor();
    },
  },
  {
    name: "why",
    path: "/contacts?search=C-2000",
    as: "agent",
    isLong: true,
    act: async (page) => {
      await firstRow(page).click();
      await page.getByRole("link", { name: /^(Why|Pourquoi)/ }).click();
      await page.waitForURL(/why$/);
      await page.goto(`${page.url()}?days=30`);
      await page.locator("h2").first().waitFor();
    },
  },
  {
    name: "why-refused",
    path: "/contacts?search=demo-kwame",
    as: "agent",
    isHolding: true,
    isLong: true,
    act: async (page) => {
      await firstRow(page).click();
      await page.getByRole("link", { name: /^(Why|Pourquoi)/ }).click();
      await page.waitForURL(/why$/);
      await page.getByRole("table").first().waitFor();
    },
  },
  { name: "messages", path: "/messages", as: "maker" },
  {
    name: "message",
    path: "/messages?tab=sent",
    as: "maker",
    fitsPhone: true,
    act: async (page) => {
      await firstRow(page).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "hand-offs", path: "/hand-offs", as: "agent" },
  { name: "sandbox", path: "/sandbox", as: "maker" },
  { name: "channels", path: "/channels", as: "owner", fitsPhone: true },
  { name: "settings", path: "/settings", as: "owner", isLong: true },
  { name: "settings-loading", path: "/settings", as: "owner", act: (page) => neverAnswers(page, "settings.read") },
  { name: "settings-wordings", path: "/settings", as: "owner", act: choosesWordings },
  { name: "settings-review", path: "/settings", as: "owner", act: lowersCap },
  {
    name: "channel-connect",
    path: "/channels/connect",
    as: "owner",
    isLong: true,
    fitsPhone: true,
    act: (page) => page.locator("form button[type=submit]").click(),
  },
  {
    name: "channel",
    path: "/channels",
    as: "owner",
    isLong: true,
    fitsPhone: true,
    act: async (page) => {
      await page.locator("main a[href^='/channels/']:not([href='/channels/connect'])").last().click();
      await page.getByRole("button", { name: /^(Check now|Vérifier)$/ }).click();
      await page.locator("section li").nth(5).waitFor();
    },
  },
  { name: "sandbox-traffic", path: "/sandbox?ledger=traffic", as: "maker", isLong: true },
  ...peopleScreens,
  ...phoneScreens,
  {
    name: "health",
    path: "/health",
    as: "owner",
    isLong: true,
    act: (page) => page.locator("table").first().waitFor(),
  },
  {
    name: "health-hold",
    path: "/health",
    as: "owner",
    act: async (page) => {
      await page.getByRole("button", { name: /^(Hold sending|Retenir les envois)/ }).click();
      await page.getByRole("alertdialog").waitFor();
    },
  },
  {
    name: "health-busy",
    path: "/health",
    as: "owner",
    isLong: true,
    isBusy: true,
    fitsPhone: true,
    act: choosesFirstLetter,
  },
  ...liveScreens,
  ...notificationScreens,
];
