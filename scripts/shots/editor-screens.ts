import type { Page } from "@playwright/test";
import { openConflict } from "./open-conflict.ts";
import type { Screen } from "./screen.ts";

const openEditor = async (page: Page) => {
  await page.getByRole("link", { name: "KYC" }).first().click();
  await page.locator(".react-flow__node").first().waitFor();
};

/** The flow editor's own states: none of them changes a flow of the demo. */
export const editorScreens: Screen[] = [
  {
    name: "flow-editor-outline",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openEditor(page);
      await page.keyboard.press("o");
      await page.locator("[data-outline-step]").nth(1).click();
    },
  },
  {
    name: "flow-editor-several",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openEditor(page);
      await page.keyboard.press("Control+a");
      await page.getByRole("toolbar").last().waitFor();
    },
  },
  {
    name: "flow-editor-far",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openEditor(page);
      const out = page.getByRole("button", { name: /^(Zoom out|Réduire)/ });
      for (let press = 0; press < 4; press += 1) await out.click();
      await page.locator(".flow-canvas.is-far").waitFor();
    },
  },
  {
    name: "flow-editor-rule",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await page
        .getByRole("link", { name: /Loan|Prêt/ })
        .first()
        .click();
      await page.locator(".react-flow__node").first().waitFor();
      await page
        .locator('[data-testid="step"][data-step-type="condition"]')
        .first()
        .click({ position: { x: 90, y: 20 } });
      await page
        .locator("#step-inspector")
        .getByRole("button", { name: /: (change|modifier)$/ })
        .first()
        .click();
      await page.waitForLoadState("networkidle");
    },
  },
  {
    name: "flow-editor-settings",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openEditor(page);
      await page.locator("#step-inspector h3").nth(3).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "flow-editor-goal",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await page.getByRole("link", { name: "Loan pre-approval" }).first().click();
      await page.locator(".react-flow__node").first().waitFor();
      await page.locator('#step-inspector [data-field="goal"]').scrollIntoViewIfNeeded();
    },
  },
  {
    name: "test-bench-goal",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openEditor(page);
      await page.getByRole("button", { name: /^(Test|Tester|Essayer)$/ }).click();
      const bench = page.getByRole("complementary").last();
      await bench.getByRole("button", { name: /^(Start|Démarrer|Commencer|Lancer)/ }).click();
      await bench.getByRole("button", { name: /^(Another event|Autre événement)$/ }).click();
      await page.locator("#test-event").click();
      await page.keyboard.type("kyc.completed");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").last().getByRole("button").last().click();
      await page.locator("#test-event").waitFor({ state: "detached" });
    },
  },
  { name: "flow-editor-conflict", path: "/flows", as: "maker", act: openConflict },
];
