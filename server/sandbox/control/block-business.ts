import { z } from "zod";
import type { Sandbox } from "../sandbox.ts";
import { WaId } from "./settings.ts";

const Input = z.strictObject({ wa_id: WaId, value: z.boolean() });

/**
 * A person blocks the business, or takes the block back. WhatsApp tells the business nothing: what is sent keeps its one tick, as
 * with a phone that is off, but is not delivered later either.
 */
export async function blockBusiness(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wa_id: waId, value } = Input.parse(input);
  const before = sandbox.world.userOf(waId);
  const behaviour = { ...before.behaviour, phone: value ? ("off" as const) : ("on" as const) };
  await sandbox.commit({ k: "user", user: { ...before, behaviour, hasBlocked: value } });
  return { success: true };
}
