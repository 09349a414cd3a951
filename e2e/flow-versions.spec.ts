import { expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { kycReminder } from "#flow/starters/kyc-reminder.ts";
import { askVerb, callVerb } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { signInAs } from "./pages/sign-in.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

const Opened = z.object({
  result: z.object({ data: z.object({ json: z.object({ draft: Graph, revision: z.number(), status: z.string() }) }) }),
});

test("What a version changes is drawn, talked over at its step, and can be taken back", async ({ page, baseURL }) => {
  const name = `Drawn change ${Date.now()}`;
  const { id: flowId } = await draftFlow(baseURL ?? "", { name, event: "drawn.change", graph: kycReminder.graph });
  await publishByKey(baseURL ?? "", flowId);
  await signInAs(page, "maker");
  const { draft } = await read(page, flowId);
  const saved = await callVerb(page, "flows.saveDraft", { flowId, revision: 1, graph: shortened(draft) });
  expect(saved.status(), await saved.text()).toBe(200);
  const asked = await callVerb(page, "approvals.askForFlow", { flowId, revision: 2, why: "Half a day is enough." });
  expect(asked.status(), await asked.text()).toBe(200);

  await test.step("The checker sees it on the canvas and says something about one step", async () => {
    await signInAs(page, "checker");
    await new Approvals(page).open(name);
    const drawing = page.getByTestId("flow-diff");
    await expect(drawing.locator("[data-testid=diff-step][data-change=removed]")).toHaveCount(1);
    await expect(drawing.locator("[data-testid=diff-step][data-change=changed]")).toHaveCount(1);
    await expect(drawing.locator("[data-testid=diff-edge][data-change=added]")).toHaveCount(1);
    await page.getByRole("button", { name: /^Changed: A day to upload/ }).click();
    const card = page.getByRole("region", { name: "A day to upload" });
    await expect(card).toContainText("24 hours");
    await expect(card).toContainText("12 hours");
    await card.getByLabel("Comment on A day to upload").fill("Why not a whole day?");
    await card.getByRole("button", { name: "Comment", exact: true }).click();
    await expect(card.getByText("Why not a whole day?")).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  await test.step("It stands at the step in the maker’s editor until it is settled", async () => {
    await signInAs(page, "maker");
    await page.goto(`/flows/${flowId}`);
    const step = page.locator('[data-testid="step"][data-step-type="wait-until"]').first();
    await expect(step.getByTitle("1 open comment")).toBeVisible();
    await step.click({ position: { x: 90, y: 20 } });
    await expect(page.getByText("Why not a whole day?")).toBeVisible();
    await page.getByRole("button", { name: "Mark as settled" }).click();
    await expect(page.getByText("Why not a whole day?")).toHaveCount(0);
  });

  await test.step("Approved, the history tells who and why, and the version before becomes the draft again", async () => {
    await signInAs(page, "checker");
    await new Approvals(page).approve(name);
    await signInAs(page, "maker");
    await page.goto(`/flows/${flowId}`);
    await page.getByRole("link", { name: "History" }).click();
    await page.waitForURL(/\/history/);
    await page.goto(`/flows/${flowId}/history?from=1&to=2`);
    await expect(page.getByText("Half a day is enough.")).toBeVisible();
    await expect(page.locator("[data-testid=diff-step][data-change=removed]")).toHaveCount(1);
    await page.getByRole("button", { name: "Restore v1 to draft" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Restore" }).click();
    await expect(page.getByText("v1 is the draft again")).toBeVisible();
    const now = await read(page, flowId);
    expect(now).toMatchObject({ revision: 3, status: "active" });
    expect(now.draft.nodes).toHaveLength(kycReminder.graph.nodes.length);
  });
});

/** A shorter wait, and one step less. */
function shortened(draft: Graph): Graph {
  const nodes = draft.nodes
    .filter(({ id }) => id !== "wait-2")
    .map((node) =>
      node.id === "wait-1" ? { ...node, data: { ...node.data, timeout: { amount: 12, unit: "hours" } } } : node,
    );
  const edges = draft.edges.filter(({ source, target }) => source !== "wait-2" && target !== "wait-2");
  const way = { id: "on", source: "second", sourceHandle: "next", target: "hand-off" };
  return { ...draft, nodes, edges: [...edges, way] };
}

async function read(page: Page, flowId: string) {
  return Opened.parse(await (await askVerb(page, "flows.get", { flowId })).json()).result.data.json;
}
