import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { exportFlow } from "./pages/flows-list.ts";
import { signInAs } from "./pages/sign-in.ts";

test("A maker takes a starter, exports it, and the same graph comes in again", async ({ page }, info) => {
  await signInAs(page, "maker");
  await page.goto("/flows/new");
  await page.getByRole("option", { name: /^Payment reminder/ }).click();
  await expect(page.getByRole("complementary", { name: "Preview of Payment reminder" })).toBeVisible();
  await page.getByRole("button", { name: "Use this starter" }).click();
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("step").first()).toBeVisible();
  const steps = await page.getByTestId("step").count();
  const first = await exportFlow(page, "Payment reminder", info.outputPath("first.json"));

  const name = `Came in again ${Date.now()}`;
  await giveFile(page, "again.json", JSON.stringify({ ...JSON.parse(await readFile(first, "utf8")), name }));
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await dialog.getByRole("button", { name: "Import as a draft" }).click();
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("step")).toHaveCount(steps);
  const second = await exportFlow(page, name, info.outputPath("second.json"));
  const [before, after] = await Promise.all(
    [first, second].map(async (file) => JSON.parse(await readFile(file, "utf8"))),
  );
  expect(after.graph).toEqual(before.graph);
});

test("A file with faults is told fault by fault, and nothing is saved", async ({ page }) => {
  await signInAs(page, "maker");
  const broken = {
    schemaVersion: 1,
    nodes: [{ id: "a", type: "trigger-event", position: { x: 0, y: "here" }, data: {}, colour: "red" }],
    edges: [],
  };
  await giveFile(page, "broken.json", JSON.stringify({ name: "Broken", graph: broken }));
  const faults = page.getByRole("dialog").getByRole("alert");
  await expect(faults).toContainText("nodes.0.position.y");
  await expect(faults).toContainText("has something unknown: colour");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Import as a draft" })).toBeDisabled();
});

test("A graph that is sound but not finished comes in as a draft, with its problems named", async ({ page }) => {
  await signInAs(page, "maker");
  const unfinished = {
    schemaVersion: 1,
    nodes: [{ id: "a", type: "send", position: { x: 0, y: 0 }, data: {} }],
    edges: [],
    settings: { purpose: "service" },
  };
  await giveFile(page, "unfinished.json", JSON.stringify({ name: "Unfinished", graph: unfinished }));
  await expect(page.getByRole("dialog").getByText(/It comes in with \d+ problems? to look at/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Import as a draft" }).click();
  await page.waitForURL(/\/flows\/[0-9a-f-]{36}/);
  await expect(page.getByTestId("problems")).toContainText(/\d+ problem/);
});

async function giveFile(page: Page, name: string, text: string): Promise<void> {
  await page.goto("/flows/new?import=true");
  const field = page.getByRole("dialog").locator("input[type=file]");
  await field.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}
