import type { Page } from "@playwright/test";
import type { Screen } from "./screen.ts";

const openEditor = async (page: Page) => {
  await page.getByRole("link", { name: "KYC" }).first().click();
  await page.locator(".react-flow__node").first().waitFor();
};

/** The flow editor's own states: none of them changes the flow. */
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
];
