import { expect, type Page, test } from "@playwright/test";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { productUrl } from "./call-verb.ts";
import { countDrawn } from "./count-drawn.ts";
import { Canvas } from "./pages/canvas.ts";
import { signInAs } from "./pages/sign-in.ts";
import { draftFlow } from "./start-flow.ts";

const wait = { mode: "duration", duration: { amount: 1, unit: "hours" } };

/** Five steps one under the other; "rest" has a line from "start" and one to "more". */
const drawn = drawGraph(
  {},
  [
    step("start", "trigger-event", [0, 0], { event: "worked", rule: { all: [] } }, "It begins"),
    step("rest", "wait", [0, 130], wait, "Rest an hour"),
    step("more", "wait", [0, 260], wait, "Rest some more"),
    step("still", "wait", [0, 390], wait, "And still more"),
    step("out", "exit", [0, 520], { reason: "Done" }, "All is done"),
  ],
  [
    ["start", "next", "rest"],
    ["rest", "next", "more"],
    ["more", "next", "still"],
    ["still", "next", "out"],
  ],
);

test("A drag draws its own step and its lines, panning draws none, and a key draws its step and no field of its form", async ({
  page,
}) => {
  const { id } = await draftFlow(productUrl(), { name: `Worked ${Date.now()}`, event: "worked", graph: drawn });
  const takeDrawn = await countDrawn(page);
  await signInAs(page, "maker");
  const canvas = new Canvas(page);
  await canvas.open(id);
  const touching = drawn.edges.filter(({ source, target }) => [source, target].includes("rest")).map((edge) => edge.id);

  await test.step("The page was drawn, so that the count counts", async () => {
    await canvas.choose("rest");
    const all = await takeDrawn();
    expect(all.cards).toEqual(drawn.nodes.map((node) => node.id).sort());
    expect(all.lines).toEqual(drawn.edges.map((edge) => edge.id).sort());
  });

  await test.step("A step is dragged", async () => {
    const from = await startDrag(page, canvas, "rest");
    await takeDrawn();
    for (let by = 10; by <= 60; by += 10) await page.mouse.move(from.x + by, from.y + by / 2);
    const moved = await takeDrawn();
    expect(moved).toEqual({ cards: ["rest"], lines: touching.sort(), fields: [] });
    await page.mouse.up();
    await canvas.saved();
  });

  await test.step("The canvas is panned", async () => {
    const ground = await page.locator(".react-flow__pane").boundingBox();
    if (!ground) throw new Error("There is no canvas.");
    const from = { x: ground.x + ground.width - 160, y: ground.y + ground.height / 2 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x - 8, from.y);
    await takeDrawn();
    const before = await canvas.step("start").boundingBox();
    for (let by = 10; by <= 60; by += 10) await page.mouse.move(from.x - by, from.y + by / 2);
    await expect.poll(async () => (await canvas.step("start").boundingBox())?.x).toBeLessThan((before?.x ?? 0) - 40);
    expect(await takeDrawn()).toEqual({ cards: [], lines: [], fields: [] });
    await page.mouse.up();
  });

  await test.step("A key in a title", async () => {
    await canvas.choose("rest");
    const title = page.getByRole("textbox", { name: "Title of the step" });
    await title.press("End");
    await takeDrawn();
    await page.keyboard.press("s");
    await expect(canvas.step("rest")).toContainText("Rest an hours");
    expect(await takeDrawn()).toEqual({ cards: ["rest"], lines: [], fields: [] });
  });
});

/** Holds a step by its head, past the threshold at which a press becomes a drag. */
async function startDrag(page: Page, canvas: Canvas, id: string): Promise<{ x: number; y: number }> {
  const box = await canvas.step(id).boundingBox();
  if (!box) throw new Error(`The step ${id} is not on the canvas.`);
  const from = { x: box.x + 90, y: box.y + 16 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 5, from.y + 5);
  return from;
}
