import type { Page } from "@playwright/test";
import { neverAnswers } from "./never-answers.ts";
import type { Screen } from "./screen.ts";

const opensBell = async (page: Page) => {
  await page.getByRole("button", { name: /^Notifications/ }).click();
  await page.getByRole("dialog").locator("[data-notification]").first().waitFor();
};

/** What people are told: the bell's panel, the page, and what each chooses to hear of. */
export const notificationScreens: Screen[] = [
  { name: "notifications-bell", path: "/", as: "checker", act: opensBell, fitsPhone: true },
  { name: "notifications", path: "/notifications", as: "checker", fitsPhone: true },
  {
    name: "notifications-loading",
    path: "/notifications",
    as: "checker",
    act: (page) => neverAnswers(page, "notifications.list"),
  },
  { name: "notifications-settings", path: "/account#notifications", as: "checker", isLong: true, fitsPhone: true },
];
