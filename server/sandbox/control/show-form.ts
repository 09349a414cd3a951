import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { findFlow, flowsIn } from "../graph/flow-send.ts";
import type { RenderedFlow } from "../rendered.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";

const Query = z.object({ wamid: z.string() });

/** The form a message opens: its Flow JSON, null when the account has none by this id or name, and where it begins. */
export function showForm(sandbox: Sandbox, input: unknown): object {
  const { wamid } = Query.parse(input);
  const flow = flowOf(sandbox, wamid);
  if (!flow) throw controlError(409, "The message opens no form.");
  return { json: flowJsonOf(sandbox, flow), screen: flow.screen ?? null, data: flow.data ?? {} };
}

/** What the message's flow button opens; undefined when it has none. */
export function flowOf(sandbox: Sandbox, wamid: string): RenderedFlow | undefined {
  const message = sandbox.world.messages.get(wamid);
  return message ? flowsIn(message)[0] : undefined;
}

/** The Flow JSON the account keeps under this id or name; null when it keeps none: the form is then answered by hand. */
function flowJsonOf(sandbox: Sandbox, flow: RenderedFlow): JsonObject | null {
  const json = findFlow(sandbox, flow)?.json;
  return json ? JSON.parse(json) : null;
}
