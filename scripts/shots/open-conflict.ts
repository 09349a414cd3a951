import type { Page } from "@playwright/test";
import { z } from "zod";
import { Graph } from "#flow/graph.ts";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { askVerb, callVerb } from "../testing/verbs.ts";

const Made = z.object({ flowId: z.uuid() });
const Opened = z.object({ revision: z.number(), draft: Graph });

const wait = (hours: number) => ({ mode: "duration", duration: { amount: hours, unit: "hours" } });

/** As the signed-in maker, in a flow of its own: two tabs change the same wait, and one of them something else besides. */
export async function openConflict(page: Page): Promise<void> {
  const session = { request: page.request, url: new URL(page.url()).origin };
  const graph = drawGraph(
    {},
    [
      step("start", "trigger-event", [0, 0], { event: "kyc.incomplete", rule: { all: [] } }),
      step("rest", "wait", [0, 130], wait(24), "A day to upload"),
      step("out", "exit", [0, 260], { reason: "Asked to wait" }, "Leave it at that"),
    ],
    [
      ["start", "next", "rest"],
      ["rest", "next", "out"],
    ],
  );
  const { flowId } = Made.parse(await callVerb(session, "flows.import", { name: "Asked twice", graph }));
  await page.goto(`/flows/${flowId}`, { waitUntil: "networkidle" });
  const { revision, draft } = Opened.parse(await askVerb(session, "flows.get", { flowId }));
  await callVerb(session, "flows.saveDraft", { flowId, revision, graph: asTheOther(draft) });
  await page.locator('[id="step-rest"]').click({ position: { x: 110, y: 16 } });
  await page.locator("#step-inspector input[type=number]").first().fill("48");
  await page.getByRole("dialog").getByRole("radio").first().waitFor();
}

const asTheOther = (draft: Graph): Graph => ({
  ...draft,
  nodes: draft.nodes.map((node) =>
    node.id === "rest" ? { ...node, data: wait(12) } : node.id === "out" ? { ...node, title: "Ask again later" } : node,
  ),
});
