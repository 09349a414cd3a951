import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import type { RenderedButton, RenderedFlow } from "../rendered.ts";
import type { Sandbox } from "../sandbox.ts";
import type { World } from "../world.ts";
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
  const { rendered } = sandbox.world.messages.get(wamid) ?? {};
  const buttons: RenderedButton[] = [
    ...(rendered?.buttons ?? []),
    ...(rendered?.cards ?? []).flatMap((card) => card.buttons),
  ];
  return buttons.find((button) => button.flow)?.flow;
}

type KeptFlows = { account?: { flows: ReadonlyMap<string, { name: string; json: string | null }> } };

/** The Flow JSON the account keeps under this id or name; null when it keeps none: the form is then answered by hand. */
function flowJsonOf(sandbox: Sandbox, { flowId, flowName }: RenderedFlow): JsonObject | null {
  const { account } = sandbox.world as World & KeptFlows;
  const flows = account?.flows ?? new Map<string, never>();
  const flow = flows.get(flowId ?? "") ?? [...flows.values()].find((one) => one.name === flowName);
  return flow?.json ? JSON.parse(flow.json) : null;
}
