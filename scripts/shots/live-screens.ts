import type { Page } from "@playwright/test";
import { changeFlow } from "./change-flow.ts";
import type { Screen } from "./screen.ts";

/** A flow as it runs, a step of it with its people, one person's way, and what publishing asks about those inside. */
export const liveScreens: Screen[] = [
  { name: "flow-live", path: "/flows", as: "maker", act: openLive },
  {
    name: "flow-live-step",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openLive(page);
      await openBusyStep(page);
    },
  },
  {
    name: "flow-live-way",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      await openLive(page);
      await openBusyStep(page);
      await page.getByTestId("live-person").first().getByRole("button").click();
      await page.waitForURL(/way=/);
    },
  },
  {
    name: "flow-publish",
    path: "/flows",
    as: "maker",
    act: async (page) => {
      const flowId = await changeFlow(page);
      await page.goto(`/flows/${flowId}`, { waitUntil: "networkidle" });
      await page.getByRole("button", { name: /^(Publish…|Publier…)$/ }).click();
      await page.getByTestId("move-table").waitFor();
    },
  },
];

async function openLive(page: Page): Promise<void> {
  await page.getByRole("link", { name: /KYC/ }).first().click();
  await page.getByRole("link", { name: /^(Live|En direct)$/ }).click();
  await page.getByTestId("live-step").first().waitFor();
}

/** The step on which most stand. */
async function openBusyStep(page: Page): Promise<void> {
  const cells = page.getByTestId("live-waiting");
  const counts = await cells.evaluateAll((all) => all.map((cell) => Number(cell.getAttribute("data-n"))));
  await cells.nth(counts.indexOf(Math.max(...counts))).click();
  await page.getByTestId("live-person").first().waitFor();
}
