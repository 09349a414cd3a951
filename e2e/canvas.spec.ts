import { type Browser, expect, type Page, test } from "@playwright/test";
import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { askVerb, callVerb, productUrl } from "./call-verb.ts";
import { findings } from "./find-with-axe.ts";
import { Canvas } from "./pages/canvas.ts";
import { pickFromMenu } from "./pages/pick-from-menu.ts";
import { signInAs } from "./pages/sign-in.ts";
import { draftFlow } from "./start-flow.ts";

const wait = { mode: "duration", duration: { amount: 1, unit: "hours" } };
const until = {
  sources: [{ kind: "event", id: "paid", event: "payment.received" }],
  timeout: { amount: 24, unit: "hours" },
};

/** A trigger, a wait, a wait for an event with a way out that leads nowhere yet, and the end. */
const drawn = drawGraph(
  {},
  [
    step("start", "trigger-event", [0, 0], { event: "drawn", rule: { all: [] } }, "It begins"),
    step("rest", "wait", [0, 130], wait, "Rest an hour"),
    step("pay", "wait-until", [0, 260], until, "Time to pay"),
    step("out", "exit", [-0.5, 440], { reason: "Paid" }, "All is paid"),
  ],
  [
    ["start", "next", "rest"],
    ["rest", "next", "pay"],
    ["pay", "paid", "out"],
  ],
);

async function draft(page: Page): Promise<{ flowId: string; canvas: Canvas }> {
  const { id } = await draftFlow(productUrl(), { name: `Drawn ${Date.now()}`, event: "drawn", graph: drawn });
  await signInAs(page, "maker");
  const canvas = new Canvas(page);
  await canvas.open(id);
  return { flowId: id, canvas };
}

const Opened = z.object({
  result: z.object({ data: z.object({ json: z.object({ draft: Graph, revision: z.number() }) }) }),
});

const stored = async (page: Page, flowId: string) =>
  Opened.parse(await (await askVerb(page, "flows.get", { flowId })).json()).result.data.json;

test("What is drawn by hand: a line into the empty, a note, a group, a step found and one deleted, undone after a reload", async ({
  page,
}) => {
  const { flowId, canvas } = await draft(page);

  await test.step("A line that is dropped on empty ground asks which step goes there", async () => {
    await canvas.dragWay("pay", "timeout", { x: 220, y: 60 });
    await canvas.takeFromMenu("hand");
    await expect(canvas.steps).toHaveCount(5);
    await expect(canvas.edges).toHaveCount(4);
  });

  await test.step("A note and a group stand around the steps, and the group folds into one card", async () => {
    await page.keyboard.press("Escape");
    await canvas.writeNote("Never ask for the document in the chat.");
    await canvas.choose("rest", "pay");
    await canvas.group("Waiting");
    await page.getByRole("button", { name: "Fold into one card" }).click();
    await expect(canvas.steps).toHaveCount(3);
    expect(await findings(page)).toEqual([]);
    await page.getByRole("button", { name: "Show the steps" }).click();
    await expect(canvas.steps).toHaveCount(5);
    await expect(canvas.edges).toHaveCount(4);
  });

  await test.step("A step is found by its words, and its neighbours join when it goes", async () => {
    await canvas.find("rest an");
    await expect(canvas.step("rest")).toHaveAttribute("data-selected", "true");
    await page.keyboard.press("Delete");
    await expect(canvas.step("rest")).toHaveCount(0);
    await expect(canvas.edges).toHaveCount(3);
    await canvas.saved();
    const { edges, groups, notes } = (await stored(page, flowId)).draft;
    expect(edges.map(({ source, target }) => `${source} ${target}`)).toContain("start pay");
    expect(groups).toMatchObject([{ name: "Waiting", steps: ["pay"] }]);
    expect(notes).toMatchObject([
      { text: "Never ask for the document in the chat.", author: expect.stringMatching(/./) },
    ]);
  });

  await test.step("The way back outlives a reload", async () => {
    await page.reload();
    await canvas.open(flowId);
    await expect(canvas.step("rest")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await expect(canvas.step("rest")).toBeVisible();
    await expect(canvas.edges).toHaveCount(4);
    await page.keyboard.press("Control+y");
    await expect(canvas.step("rest")).toHaveCount(0);
    await page.keyboard.press("Control+z");
    await canvas.saved();
    expect((await stored(page, flowId)).draft.nodes.map(({ id }) => id)).toContain("rest");
  });
});

test("Several steps go from one flow to another as readable text, with their lines, notes and groups", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { canvas } = await draft(page);
  await canvas.choose("rest", "pay");
  await canvas.group("Waiting");
  await canvas.choose("rest", "pay", "out");
  await page.keyboard.press("Control+c");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const copied = JSON.parse(text);
  expect(copied).toMatchObject({ chasqui: "steps", schemaVersion: 1, groups: [{ name: "Waiting" }] });
  expect(copied.nodes.map(({ title }: { title: string }) => title)).toEqual([
    "Rest an hour",
    "Time to pay",
    "All is paid",
  ]);
  expect(copied.edges).toHaveLength(2);

  const other = await draft(page);
  await page.keyboard.press("Control+v");
  await expect(other.canvas.steps).toHaveCount(7);
  await expect(other.canvas.edges).toHaveCount(5);
  await expect(other.canvas.groups).toHaveCount(1);
  await other.canvas.saved();
  const { nodes } = (await stored(page, other.flowId)).draft;
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(7);
  await page.keyboard.press("Control+z");
  await expect(other.canvas.steps).toHaveCount(4);
  await page.evaluate(() => navigator.clipboard.writeText("A shopping list"));
  await page.keyboard.press("Control+v");
  await expect(page.getByText("The clipboard holds no steps.")).toBeVisible();
});

test("By keyboard: a line is drawn and taken away, and the outline changes the flow without the canvas", async ({
  page,
}) => {
  const { flowId, canvas } = await draft(page);
  await canvas.step("pay").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Menu of Time to pay" }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await pickFromMenu(page, ["Connect to", "24 h passed", "All is paid"]);
  await expect(canvas.edges).toHaveCount(4);

  await page.keyboard.press("Escape");
  await page.keyboard.press("o");
  const outline = page.getByRole("region", { name: "Outline" });
  await expect(outline.getByRole("listitem")).toHaveCount(4);
  await outline.locator('[data-outline-step="rest"]').focus();
  await page.keyboard.press("ArrowDown");
  await expect(canvas.step("pay")).toHaveAttribute("data-selected", "true");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await pickFromMenu(page, ["Insert after"]);
  await canvas.takeFromMenu("webhook");
  await expect(outline.getByRole("listitem")).toHaveCount(5);
  await outline.getByRole("button", { name: "Menu of Rest an hour" }).focus();
  await page.keyboard.press("Enter");
  await pickFromMenu(page, ["Delete"]);
  await expect(outline.getByRole("listitem")).toHaveCount(4);
  expect(await findings(page)).toEqual([]);
  await canvas.saved();
  const { nodes, edges } = (await stored(page, flowId)).draft;
  const webhook = nodes.find(({ type }) => type === "webhook")?.id;
  expect(edges.map(({ source, sourceHandle, target }) => [source, sourceHandle, target])).toEqual(
    expect.arrayContaining([
      ["start", "next", webhook],
      ["pay", "timeout", "out"],
    ]),
  );
});

test("Two people change one flow: both sets of changes are put together, and a clash is decided", async ({
  page,
  browser,
}) => {
  const { flowId, canvas } = await draft(page);
  const colleague = await openColleague(browser);
  const titled = (graph: Graph, id: string, title: string): Graph => ({
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === id ? { ...node, title } : node)),
  });
  const saveAsColleague = async (change: (graph: Graph) => Graph) => {
    const { draft: graph, revision } = await stored(colleague, flowId);
    const saved = await callVerb(colleague, "flows.saveDraft", { flowId, revision, graph: change(graph) });
    expect(saved.status(), await saved.text()).toBe(200);
  };
  const retitle = async (id: string, words: string) => {
    await canvas.choose(id);
    await page.getByRole("textbox", { name: "Title of the step" }).fill(words);
  };
  const dialog = page.getByRole("dialog", { name: /changed this flow while you were editing/ });

  await test.step("Different things: nothing is lost", async () => {
    await saveAsColleague((graph) => titled(graph, "out", "Theirs"));
    await retitle("rest", "Mine");
    await expect(dialog.getByText("You changed different things: both can stay.")).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Put both together" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(canvas.called("Theirs")).toBeVisible();
    await expect(canvas.called("Mine")).toBeVisible();
    await canvas.saved();
  });

  await test.step("The same thing: one is chosen, before anything is saved", async () => {
    await saveAsColleague((graph) => titled(graph, "pay", "Their words"));
    await retitle("pay", "My words");
    await expect(dialog.getByRole("button", { name: "Put both together" })).toBeDisabled();
    await dialog.getByRole("radio", { name: /^Yours/ }).check();
    await dialog.getByRole("button", { name: "Put both together" }).click();
    await expect(dialog).toHaveCount(0);
    await canvas.saved();
    const titles = (await stored(page, flowId)).draft.nodes.map(({ title }) => title);
    expect(titles).toEqual(["It begins", "Mine", "My words", "Theirs"]);
  });
  await colleague.context().close();
});

async function openColleague(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
  const colleague = await context.newPage();
  await signInAs(colleague, "owner");
  return colleague;
}
