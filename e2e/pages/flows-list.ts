import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { askVerb, callVerb } from "../call-verb.ts";

/** Stops new entries of a flow, so that two flows with the same trigger do not answer the same event. */
export async function pauseFlow(page: Page, name: string): Promise<void> {
  const answer = await askVerb(page, "flows.list", { search: name });
  const { flows } = Flows.parse(await answer.json()).result.data.json;
  const found = flows.find((flow) => flow.name === name);
  const paused = await callVerb(page, "flows.pause", { flowId: found?.id });
  expect(paused.status(), await paused.text()).toBe(200);
}

const Flows = z.object({
  result: z.object({
    data: z.object({ json: z.object({ flows: z.array(z.object({ id: z.string(), name: z.string() })) }) }),
  }),
});

/** Saves a flow's export where `file` says. */
export async function exportFlow(page: Page, name: string, file: string): Promise<string> {
  await page.goto("/flows?view=list");
  await page
    .getByRole("button", { name: `Actions for ${name}`, exact: true })
    .first()
    .click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as JSON" }).click();
  await (await download).saveAs(file);
  return file;
}
