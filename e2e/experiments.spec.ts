import { expect, type Page, test } from "@playwright/test";
import type { Graph } from "#flow/graph.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { fillBandit } from "#scripts/shots/fill-bandit.ts";
import { fillExperiment } from "#scripts/shots/full-experiment.ts";
import { callVerb } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { signInAs } from "./pages/sign-in.ts";
import { deliver } from "./send-event.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

test.use({ reducedMotion: "reduce" });

const people = 40;

const graph = (goal: string): Graph =>
  drawGraph(
    { goal: { event: goal, windowHours: 168 } },
    [
      step("start", "trigger-event", [0, 0], { event: "x", rule: { all: [] } }),
      step("split", "split", [0, 160], {
        experimentId: "words",
        arms: [
          { id: "plain", name: "Plain words", weight: 50 },
          { id: "warm", name: "Warm words", weight: 50 },
        ],
      }),
      ...["plain", "warm"].map((id, at) =>
        step(`wait-${id}`, "wait", [at - 0.5, 340], { mode: "duration", duration: { amount: 3, unit: "days" } }),
      ),
    ],
    [
      ["start", "next", "split"],
      ["split", "plain", "wait-plain"],
      ["split", "warm", "wait-warm"],
    ],
  );

const verdict = (page: Page) => page.getByTestId("verdict");
const metric = (page: Page, id: string) => page.locator(`[data-testid=metric][data-metric="${id}"]`);

test("A split is planned before it starts, counts everybody who comes, and its winner becomes a draft", async ({
  page,
  baseURL: address,
}) => {
  const baseURL = address ?? "";
  const name = `Words ${Date.now()}`;
  const goal = `words.bought.${Date.now()}`;
  const { id: flowId, event } = await draftFlow(baseURL, { name, event: "words.seen", graph: graph(goal) });

  await test.step("The maker says what it is to find out", async () => {
    await signInAs(page, "maker");
    await page.goto(`/flows/${flowId}`);
    await page.locator('[data-testid="step"][data-step-type="split"]').click({ position: { x: 90, y: 20 } });
    await page.getByRole("button", { name: "Plan it…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Hypothesis").fill("Warm words sell more.");
    await dialog.getByLabel("People in all").fill("400");
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep the plan" }).click();
    await expect(page.getByTestId("experiment-note")).toContainText("Planned");
  });

  await test.step("From the publish on people are counted, and it is too early to say anything", async () => {
    await publishByKey(baseURL, flowId);
    await deliver(baseURL, (door) => {
      for (let nth = 0; nth < people; nth += 1) door.track({ userId: `${name} ${nth}`, event, properties: {} });
    });
    await page.goto("/experiments");
    await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Plain words 50% · Warm words 50%");
    await page
      .getByRole("row", { name: new RegExp(name) })
      .getByRole("link")
      .first()
      .click();
    await expect(verdict(page)).toContainText("Too early to say");
    await expect(page.getByText("Hypothesis: Warm words sell more.")).toBeVisible();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText(`0 of ${people}`)).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 30_000 });
  });

  await test.step("The plan stays as it was, and a note tells of the day", async () => {
    await page.getByLabel("Note for the log").fill("Payday");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByText(/: Payday$/)).toBeVisible();
    await page.goto(`/flows/${flowId}`);
    await page.locator('[data-testid="step"][data-step-type="split"]').click({ position: { x: 90, y: 20 } });
    await expect(page.getByText("The plan is fixed while it runs.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Change the plan…" })).toHaveCount(0);
    await page.getByTestId("experiment-note").getByRole("link").click();
  });

  await test.step("Somebody chooses a winner: the draft goes on without the split", async () => {
    await page.getByRole("button", { name: "Choose a winner…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Warm words" }).check();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Draw it" }).click();
    await page.waitForURL(new RegExp(`/flows/${flowId}`));
    await expect(page.locator('[data-testid="step"][data-step-type="wait"]')).toHaveCount(1);
    await expect(page.locator('[data-testid="step"][data-step-type="split"]')).toHaveCount(0);
  });

  await test.step("Somebody else approves it, and the experiment is decided", async () => {
    await new FlowEditor(page).askApproval("Warm words have won.");
    await signInAs(page, "checker");
    await new Approvals(page).approve(name);
    await openExperiment(page, name);
    await expect(page.getByText("Winner: Warm words")).toBeVisible();
    await expect(page.getByText("“Warm words” won with version 2")).toBeVisible();
  });

  await test.step("The version before comes back, and the experiment goes on", async () => {
    await signInAs(page, "maker");
    expect((await callVerb(page, "flows.rollBack", { flowId, from: 2 })).status()).toBe(200);
    await openExperiment(page, name);
    await expect(page.getByText(/^Goes on with version 3 by/)).toBeVisible();
    await expect(verdict(page)).toContainText("Not enough yet");
  });
});

test("The demo's own experiment tells how long people took, and parts them only when asked", async ({ page }) => {
  await signInAs(page, "maker");
  await openLoan(page);
  const times = page.getByTestId("times");
  await expect(times.getByRole("img", { name: /^Goal reached: share of each arm by time/ })).toBeVisible();
  await expect(times.getByRole("table").first()).toContainText("still waiting");
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const segments = page.getByTestId("segments");
  await expect(segments).toContainText("Exploratory");
  await expect(page.getByTestId("segment")).toHaveCount(0);
  expect(asked.filter((url) => url.includes("experiments.segments"))).toEqual([]);
  await segments.getByRole("button", { name: /By segment/ }).click();
  await expect(page.getByTestId("segment").filter({ hasText: "Spanish" })).toBeVisible();
  await expect(page.getByTestId("segment").filter({ hasText: "Colombia" })).toBeVisible();
  await expect(page.getByText("Alike before the start")).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test("With enough behind it the page says what to do, why, and hands out its numbers", async ({ page }) => {
  await fillExperiment(process.env.DATABASE_URL ?? "");
  await signInAs(page, "maker");
  await openLoan(page);
  await expect(verdict(page)).toHaveAttribute("data-state", "ship");
  await expect(verdict(page)).toContainText("“Get a loan” does better than “Apply now” on Goal reached");
  await expect(metric(page, "conversion")).toHaveAttribute("data-reading", "better");
  await expect(page.getByRole("img", { name: /Lift in Goal reached, day by day/ })).toBeVisible();
  await expect(page.getByText("Not over yet").first()).toBeAttached();
  expect(await findings(page)).toEqual([]);
  await expect(page.getByTestId("evened-out")).toContainText("Evened out by the 14 days before (CUPED)");
  await expect(page.getByTestId("times")).toContainText("not reached");
  await metric(page, "conversion").getByTitle("The people behind this number").last().click();
  const people = page.getByRole("dialog", { name: "Goal reached · Get a loan" });
  await expect(people.getByRole("listitem")).toHaveCount(50);
  await expect(people.getByRole("listitem").first()).toContainText("loan_offer");
  await people.getByRole("button", { name: "Show more" }).click();
  await expect(people.getByRole("listitem")).toHaveCount(100);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Difference" }).click();
  await expect(metric(page, "conversion")).toHaveAttribute("data-reading", "better");
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: /^As CSV/ }).click();
  expect((await file).suggestedFilename()).toBe("loan-call-to-action.csv");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveClass(/dark/);
  expect(await findings(page, ["color-contrast"])).toEqual([]);
});

test("Shares that chance does not give withhold every result, and nobody is offered a winner", async ({ page }) => {
  await fillExperiment(process.env.DATABASE_URL ?? "", { firstShare: 60 });
  await signInAs(page, "maker");
  await openLoan(page);
  await expect(verdict(page)).toHaveAttribute("data-state", "unhealthy");
  await expect(verdict(page)).toContainText("The arms did not get the people they should");
  await expect(page.getByText("Results withheld")).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Ship|Choose)/ })).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
});

test("A bandit tells how it moved people and how sure it is, and no lift", async ({ page }) => {
  const { experimentId } = await fillBandit(process.env.DATABASE_URL ?? "");
  await signInAs(page, "maker");
  await page.goto(`/experiments/${experimentId}`);
  await expect(verdict(page)).toContainText("so no lift is told");
  await expect(page.getByRole("region", { name: "Weights over time" })).toContainText("With an amount");
  await expect(metric(page, "conversion").first()).toContainText("not told");
  await expect(page.getByText("Shares as planned").locator("..")).toContainText("Yes");
  await expect(page.getByText(/^Weights moved:/).first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

const openLoan = (page: Page): Promise<void> => openExperiment(page, "Loan pre-approval");

async function openExperiment(page: Page, name: string): Promise<void> {
  await page.goto("/experiments");
  await page
    .getByRole("row", { name: new RegExp(name) })
    .getByRole("link")
    .first()
    .click();
  await verdict(page).waitFor();
}
