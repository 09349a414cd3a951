import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

const drawn = (page: Page) => page.locator("svg[data-picture]").first().waitFor();

const pointsAtDay = async (page: Page) => {
  await drawn(page);
  const trend = page.getByRole("slider").first();
  await trend.focus();
  for (let step = 0; step < 8; step += 1) await page.keyboard.press("ArrowLeft");
};

const looksBehind = async (page: Page) => {
  await drawn(page);
  const funnel = page.getByRole("region", { name: /^(From sent to converted|De l’envoi à la conversion)$/ });
  await funnel.getByRole("button", { name: /^(Converted|Convertis)/ }).click();
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
};

/** The table's first flow, by its steps. */
const looksIntoFlow = async (page: Page) => {
  await drawn(page);
  const answered = page.waitForResponse((answer) => answer.url().includes("dashboard.breakdown"));
  await page.locator("tbody th button").first().click();
  await answered;
  await page.locator("tbody th button").first().waitFor();
};

const opensReports = async (page: Page) => {
  await drawn(page);
  await page.getByRole("button", { name: /^(Export|Exporter)$/ }).click();
  await page.getByRole("menuitem").last().click();
  await page.getByRole("dialog").getByRole("combobox").first().waitFor();
};

/** The numbers of a bank with many customers (fillDashboard), and what stands there without any. */
export const dashboardScreens: Screen[] = [
  {
    name: "dashboard",
    path: "/dashboard",
    as: "analyst",
    act: pointsAtDay,
    isLong: true,
    hasNumbers: true,
    fitsPhone: true,
  },
  {
    name: "dashboard-country",
    path: "/dashboard?days=7&metric=opt-out&by=country",
    as: "owner",
    act: drawn,
    isLong: true,
    hasNumbers: true,
  },
  { name: "dashboard-day", path: "/dashboard?days=1&metric=click", as: "owner", act: pointsAtDay, hasNumbers: true },
  { name: "dashboard-flow", path: "/dashboard", as: "owner", act: looksIntoFlow, isLong: true, hasNumbers: true },
  { name: "dashboard-report", path: "/dashboard", as: "owner", act: opensReports, hasNumbers: true },
  { name: "dashboard-behind", path: "/dashboard?days=90", as: "owner", act: looksBehind, hasNumbers: true },
  {
    name: "dashboard-flow-none",
    path: "/dashboard",
    as: "maker",
    isLong: true,
    act: async (page) => {
      await looksIntoFlow(page);
      const empty = new URL(page.url());
      empty.searchParams.set("from", "2020-01-01");
      empty.searchParams.set("until", "2020-01-31");
      await page.goto(empty.toString(), { waitUntil: "networkidle" });
    },
  },
  {
    name: "dashboard-none",
    path: "/dashboard?from=2020-01-01&until=2020-01-31",
    as: "maker",
    act: async (page) =>
      page
        .getByText(/^(No message fits|Aucun message)/)
        .first()
        .waitFor(),
  },
];
