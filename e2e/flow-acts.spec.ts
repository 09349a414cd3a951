import { expect, test } from "@playwright/test";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { callVerb } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Approvals } from "./pages/approvals.ts";
import { Live } from "./pages/live.ts";
import { signInAs } from "./pages/sign-in.ts";
import { sendEvent } from "./send-event.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

/** A trigger and a wait that an event ends, in a group with a note beside it: who stands where is all that this is about. */
const drawn = (done: string, days: number) => ({
  ...drawGraph(
    {},
    [
      step("start", "trigger-event", [0, 0], { event: "stopped", rule: { all: [] } }, "It begins"),
      step(
        "rest",
        "wait-until",
        [0, 150],
        { sources: [{ kind: "event", id: "done", event: done }], timeout: { amount: days, unit: "days" } },
        "Until it is done",
      ),
      step("out", "exit", [-0.5, 330], { reason: "Done" }, "All is done"),
    ],
    [
      ["start", "next", "rest"],
      ["rest", "done", "out"],
    ],
  ),
  groups: [{ id: "waiting", name: "Here they wait", colour: "blue" as const, isCollapsed: true, steps: ["rest"] }],
  notes: [
    {
      id: "why",
      text: "Nobody may wait longer.",
      author: "Awa",
      colour: "amber" as const,
      position: { x: 320, y: 150 },
    },
  ],
});

test("A running flow is paused, held, let go on, kept from its next version, archived and brought back", async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? "";
  const name = `Stopped ${Date.now()}`;
  const done = `done.${Date.now()}`;
  const { id: flowId, event } = await draftFlow(url, { name, event: "stopped", graph: drawn(done, 2) });
  await publishByKey(url, flowId);
  const live = new Live(page);
  const enter = (userId: string) => sendEvent(url, { userId, event, properties: {} });
  const question = page.getByRole("alertdialog");

  await test.step("Watching shows the note and the group, opened", async () => {
    await signInAs(page, "owner");
    await live.open(flowId);
    await expect(page.getByRole("note", { name: "Note by Awa: Nobody may wait longer." })).toBeVisible();
    await expect(page.getByRole("img", { name: "Group Here they wait, 1 step" })).toBeVisible();
    await enter("C-20004");
    await live.expectFigure("rest", "waiting", 1);
    expect(await findings(page)).toEqual([]);
  });

  await test.step("While entries are paused nobody comes in, and nobody who came then", async () => {
    await page.getByRole("button", { name: "Pause entries…" }).click();
    await expect(question).toContainText("The 1 person inside goes on as planned.");
    await question.getByRole("button", { name: "Pause entries" }).click();
    await expect(page.getByText("v1 paused")).toBeVisible();
    await enter("C-20005");
    await page.getByRole("button", { name: "Resume entries" }).click();
    await expect(page.getByText("v1 active")).toBeVisible();
    await enter("C-20006");
    await live.expectFigure("rest", "waiting", 2);
  });

  await test.step("Held, nobody moves; what happened meanwhile counts after the release", async () => {
    await page.getByRole("button", { name: "Hold everyone…" }).click();
    await question.getByRole("button", { name: "Hold 2 people" }).click();
    await expect(page.getByText("v1 held")).toBeVisible();
    await sendEvent(url, { userId: "C-20004", event: done, properties: {} });
    await live.afterCounts(2);
    await live.expectFigure("rest", "waiting", 2);
    await page.getByRole("button", { name: "Let everyone go on" }).click();
    await expect(page.getByText("v1 active")).toBeVisible();
    await live.expectFigure("rest", "waiting", 1);
    await live.expectFigure("start", "entered", 2);
  });

  await test.step("An approved version that was to go live tomorrow is taken back", async () => {
    const graph = drawn(done, 3);
    const nodes = graph.nodes.map((node) => (node.id === "start" ? { ...node, data: { ...node.data, event } } : node));
    const saved = await callVerb(page, "flows.saveDraft", { flowId, revision: 1, graph: { ...graph, nodes } });
    expect(saved.status(), await saved.text()).toBe(200);
    await page.goto(`/flows/${flowId}`);
    await page.getByRole("button", { name: "Publish…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why should this go live?").fill("Three days are kinder.");
    await dialog.getByRole("radio", { name: "At a time" }).click();
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect(dialog).toHaveCount(0);
    await signInAs(page, "checker");
    await new Approvals(page).approve(name);
    await signInAs(page, "owner");
    await page.goto(`/flows/${flowId}`);
    const chip = page.getByRole("button", { name: /^Goes live / });
    await chip.click();
    await question.getByRole("button", { name: "Do not publish then" }).click();
    await expect(page.getByText("It no longer goes live by itself")).toBeVisible();
    await page.reload();
    await expect(page.getByText("v1 active")).toBeVisible();
    await expect(chip).toHaveCount(0);
  });

  await test.step("Archived it lets everybody out, and comes back paused", async () => {
    await live.open(flowId);
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Archive…" }).click();
    await question.getByRole("button", { name: "Archive and stop 1 person" }).click();
    await expect(page.getByText(`${name} is archived. 1 person is stopped.`)).toBeVisible();
    await live.expectFigure("rest", "waiting", 0);
    await page.goto("/flows?tab=archived&view=list");
    await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Restore" }).click();
    await expect(page.getByText(`${name} is back.`)).toBeVisible();
    await live.open(flowId);
    await expect(page.getByText("v1 paused")).toBeVisible();
    await live.expectFigure("rest", "waiting", 0);
  });
});
