import { expect, test } from "@playwright/test";
import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { callVerb } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { Live } from "./pages/live.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

/** Three steps that send nothing: who stands where is all that this is about. */
const drawn = (hours: number) =>
  Graph.parse({
    schemaVersion: 1,
    nodes: [
      { id: "start", type: "trigger-event", position: { x: 0, y: 0 }, data: { event: "asked", rule: { all: [] } } },
      {
        id: "rest",
        type: "wait",
        title: "Two days to think",
        position: { x: 0, y: 140 },
        data: { mode: "duration", duration: { amount: hours, unit: "hours" } },
      },
      { id: "out", type: "exit", position: { x: 0, y: 280 }, data: { reason: "Thought enough" } },
    ],
    edges: [
      { id: "to-rest", source: "start", sourceHandle: "next", target: "rest" },
      { id: "to-out", source: "rest", sourceHandle: "next", target: "out" },
    ],
    settings: {},
  });

const Version = z.object({ result: z.object({ data: z.object({ json: z.object({ draft: Graph }) }) }) });

test("People are watched without a reload, brought to a new version by a plan, and back by one act", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const name = `Watched ${Date.now()}`;
  const { id: flowId, event } = await draftFlow(url, { name, event: "watched", graph: drawn(48) });
  await publishByKey(url, flowId);
  const live = new Live(page);
  const enter = (userId: string) => sendEvent(url, { userId, event, properties: {} });

  await test.step("Who enters is counted on the canvas while one looks", async () => {
    await signInAs(page, "maker");
    await live.open(flowId);
    await live.expectFigure("rest", "waiting", 0);
    await enter("C-20001");
    await live.expectFigure("rest", "waiting", 1);
    await enter("C-20002");
    await enter("C-20003");
    await live.expectFigure("rest", "waiting", 3);
    await live.expectFigure("start", "entered", 3);
    await expect(live.edge("to-rest")).toHaveAttribute("data-n", "3");
  });

  await test.step("A step tells why people wait and who they are, a person their way", async () => {
    await live.step("rest").click();
    await expect(live.panel.getByTestId("why-waiting")).toHaveAttribute("data-n", "3");
    await expect(live.people).toHaveCount(3);
    await expect(live.people.first()).toContainText("•••");
    await live.people.first().getByRole("button").click();
    await expect(page).toHaveURL(/way=/);
    await expect(live.people.first().getByRole("link", { name: "Why?" })).toHaveAttribute("href", /\/why\?flow=/);
    expect(await findings(page)).toEqual([]);
  });

  await test.step("The next version says what becomes of them, and is approved with that", async () => {
    const read = await page.request.get(
      `/api/trpc/flows.get?input=${encodeURIComponent(JSON.stringify({ json: { flowId } }))}`,
    );
    const { draft } = Version.parse(await read.json()).result.data.json;
    const nodes = draft.nodes.map((node) =>
      node.id === "rest" ? { ...node, data: { mode: "duration", duration: { amount: 24, unit: "hours" } } } : node,
    );
    const saved = await callVerb(page, "flows.saveDraft", { flowId, revision: 1, graph: { ...draft, nodes } });
    expect(saved.status(), await saved.text()).toBe(200);
    await page.goto(`/flows/${flowId}`);
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    const row = dialog.getByTestId("move-row");
    await expect(row).toHaveAttribute("data-act", "move");
    await expect(dialog.getByTestId("move-sentence")).toHaveText(/Moves 3 people, keeps nobody .*exits nobody/);
    await row.getByRole("radio", { name: "Exit" }).click();
    await expect(dialog.getByTestId("move-sentence")).toHaveText(/exits 3/);
    await row.getByRole("radio", { name: "Move" }).click();
    expect(await findings(page)).toEqual([]);
    await dialog.getByLabel("Why should this go live?").fill("A day is enough.");
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect(dialog).toHaveCount(0);
    await signInAs(page, "checker");
    await new Approvals(page).approve(name);
  });

  await test.step("They stand on the new version, re-timed", async () => {
    await signInAs(page, "owner");
    await live.open(flowId);
    await live.expectFigure("rest", "waiting", 3);
    await live.step("rest").click();
    await expect(live.panel).toContainText("Came from an older version");
    await expect(live.people.first()).toContainText(/23 h|24 h/);
  });

  await test.step("One act brings the version before back, and its people", async () => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Roll back to v1…" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByTestId("move-sentence")).toHaveText(/Moves 3 people/);
    await dialog.getByRole("button", { name: "Roll back to v1" }).click();
    await expect(page.getByText(`${name} runs as v1 again`)).toBeVisible();
    await live.open(flowId, "?version=3");
    await live.expectFigure("rest", "waiting", 3);
    await expect(page.getByText("v3 active")).toBeVisible();
  });
});
