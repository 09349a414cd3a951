import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import type { RenderedButton, RenderedFlow } from "../rendered.ts";
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
  const { rendered } = sandbox.world.messages.get(wamid) ?? {};
  const buttons: RenderedButton[] = [
    ...(rendered?.buttons ?? []),
    ...(rendered?.cards ?? []).flatMap((card) => card.buttons),
  ];
  return buttons.find((button) => button.flow)?.flow;
}

/** The account keeps no flows yet; a form is then answered by hand. */
function flowJsonOf(_sandbox: Sandbox, _flow: RenderedFlow): JsonObject | null {
  return null;
}
