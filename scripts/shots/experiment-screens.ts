import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

/** The experiments, one with 24 days behind it, its plan and its winner. */
export const experimentScreens: Screen[] = [
  { name: "experiments", path: "/experiments", as: "maker", isFilled: true, act: (page) => firstLink(page).waitFor() },
  { name: "experiment", path: "/experiments", as: "maker", isFilled: true, isLong: true, act: openExperiment },
  {
    name: "experiment-segments",
    path: "/experiments",
    as: "maker",
    isFilled: true,
    isLong: true,
    act: async (page) => {
      await openExperiment(page);
      await opensSegments(page);
    },
  },
  // As they are on the first start: what the demo's own four weeks left behind.
  {
    name: "experiment-demo",
    path: "/experiments",
    as: "maker",
    isLong: true,
    act: async (page) => {
      await openExperiment(page);
      await opensSegments(page);
    },
  },
  {
    name: "experiment-ship",
    path: "/experiments",
    as: "maker",
    isFilled: true,
    act: async (page) => {
      await openExperiment(page);
      await page.getByRole("button", { name: /^(Ship|Adopter|Choose|Choisir)/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "experiment-behind",
    path: "/experiments",
    as: "maker",
    isFilled: true,
    act: async (page) => {
      await openExperiment(page);
      await page.getByTestId("metric").first().locator("td button").nth(1).click();
      await page.getByRole("dialog").getByRole("listitem").first().waitFor();
    },
  },
  {
    name: "experiment-bandit",
    path: "/experiments",
    as: "maker",
    isFilled: true,
    isLong: true,
    act: async (page) => {
      await page.getByRole("row").filter({ hasText: "With an amount" }).getByRole("link").first().click();
      await page.getByTestId("verdict").waitFor();
    },
  },
  {
    name: "flow-editor-experiment",
    path: "/flows",
    as: "maker",
    isFilled: true,
    act: async (page) => {
      await openSplit(page, "Loan pre-approval");
      await page.getByTestId("experiment-note").waitFor();
    },
  },
  {
    name: "experiment-plan",
    path: "/flows",
    as: "maker",
    isFilled: true,
    act: async (page) => {
      await openSplit(page, "Loan pre-approval");
      const name = page.locator('[data-field="experimentId"] input');
      await name.fill("another-try");
      await page.getByRole("button", { name: /^(Plan it|Planifier)/ }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /^(Take these|Prendre ces)/ })
        .scrollIntoViewIfNeeded();
    },
    after: async (page) => {
      await page.keyboard.press("Escape");
      await page.locator('[data-field="experimentId"] input').fill("loan-call-to-action");
      await page.locator('[data-testid="saved"][data-save="saved"]').waitFor();
    },
  },
];

async function opensSegments(page: Page): Promise<void> {
  await page.getByTestId("times").getByRole("img").waitFor();
  await page.getByTestId("segments").getByRole("button").click();
  await page.getByTestId("segment").first().waitFor();
}

const firstLink = (page: Page) => page.getByRole("row").filter({ hasText: "Apply now" }).getByRole("link").first();

async function openExperiment(page: Page): Promise<void> {
  await firstLink(page).click();
  await page.getByTestId("verdict").waitFor();
}

async function openSplit(page: Page, flow: string): Promise<void> {
  await page.getByRole("link", { name: flow }).first().click();
  await page
    .locator('[data-testid="step"][data-step-type="split"]')
    .first()
    .click({ position: { x: 90, y: 20 } });
}
