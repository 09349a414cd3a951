import { expect, test } from "@playwright/test";
import { FlowSettings, type Graph } from "#flow/graph.ts";
import { callVerb } from "./call-verb.ts";
import { FlowEditor } from "./pages/flow-editor.ts";
import { signInAs } from "./pages/sign-in.ts";
import { TestBench } from "./pages/test-bench.ts";
import { draftFlow, publishByKey } from "./start-flow.ts";

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const at = { x: 0, y: 0 };
/** A flow that only others start. */
const below: Graph = {
  schemaVersion: 1,
  nodes: [
    { id: "start", type: "trigger-flow", position: at, data: {} },
    { id: "rest", type: "wait", position: at, data: { mode: "duration", duration: { amount: 1, unit: "hours" } } },
  ],
  edges: [{ id: "e", source: "start", sourceHandle: "next", target: "rest" }],
  settings: FlowSettings.parse({}),
};

test("A maker lets one flow run another, and plays how it comes out", async ({ page, baseURL }) => {
  await signInAs(page, "maker");
  const name = `Reminder ${Date.now()}`;
  const { id } = await draftFlow(baseURL ?? "", { name, event: "unused", graph: below });
  await publishByKey(baseURL ?? "", id);
  const editor = new FlowEditor(page);
  await editor.openBlank();
  await editor.rename("Runs a reminder");
  await editor.add("trigger-event");
  await editor.pick("When this event arrives", "loan.due");
  const throttle = await editor.add("throttle");
  await editor.fill("People at most", "50");
  await expect(throttle).toContainText("50 people an hour at most");
  const run = await editor.add("run-flow");
  await editor.pick("Flow to run", name);
  await expect(run).toContainText(`${name}, then on when it is over`);
  await editor.waitUntilSaved();

  const bench = new TestBench(page);
  await bench.open();
  await bench.start("Somebody invented");
  await expect(bench.log(`${name} starts`)).toBeVisible();
  await page.getByRole("button", { name: "Other flow came to its end" }).click();
  await expect(bench.log("The other flow came to its end")).toBeVisible();
  await expect(run).toHaveAttribute("data-run", "done");

  // A flow that leads back to itself is refused wherever it comes from.
  const graph = {
    ...below,
    nodes: [...below.nodes, { id: "run", type: "run-flow", position: at, data: { flow: id } }],
  };
  const circle = {
    ...graph,
    edges: [...below.edges, { id: "r", source: "rest", sourceHandle: "next", target: "run" }],
  };
  const saved = await callVerb(page, "flows.saveDraft", { flowId: id, revision: 1, graph: circle });
  expect(await saved.text()).toContain("flows-in-circle");
});

test("A maker puts a picture of their own into a free message, and WhatsApp's limits hold", async ({ page }) => {
  await signInAs(page, "maker");
  const editor = new FlowEditor(page);
  await editor.openBlank();
  await editor.rename("With a picture");
  await editor.add("trigger-message");
  await editor.add("free-message");
  await editor.settings.getByRole("combobox", { name: "Kind of message" }).click();
  await page.getByRole("option", { name: "Picture" }).click();
  await editor.settings.getByRole("button", { name: "Choose what fills Picture" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("File", { exact: true }).click();
  const chooser = dialog.locator('input[type="file"]');
  await chooser.setInputFiles({
    name: "notes.png",
    mimeType: "image/png",
    buffer: Buffer.from("these are only words"),
  });
  await expect(dialog.getByText("WhatsApp takes no such file here.")).toBeVisible();
  await chooser.setInputFiles({ name: "Our card.png", mimeType: "image/png", buffer: png });
  const kept = dialog.getByRole("link", { name: "Our card.png" });
  await expect(kept).toBeVisible();
  const served = await page.request.get((await kept.getAttribute("href")) ?? "");
  expect([served.status(), served.headers()["content-type"]]).toEqual([200, "image/png"]);
  await page.keyboard.press("Escape");
  await expect(editor.settings.getByRole("button", { name: /Our card\.png/ })).toBeVisible();
});
