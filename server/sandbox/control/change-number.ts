import { z } from "zod";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";
import { receive } from "./inbound.ts";
import { WaId } from "./settings.ts";

const Input = z.strictObject({ wa_id: WaId, to: WaId });

/**
 * A person moves their WhatsApp to another number. The business hears of it by a system message from the old one (section 11.1);
 * the old number is on WhatsApp no more (131026).
 */
export async function changeNumber(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wa_id: waId, to } = Input.parse(input);
  if (waId === to) throw controlError(400, "This is the number the person has already.");
  const before = sandbox.world.userOf(waId);
  if (before.movedTo !== undefined) throw controlError(409, "This number was given up already.");
  const after = sandbox.world.userOf(to);
  if (after.lastInboundAt !== null) throw controlError(409, "Somebody else has this number.");
  const { name, behaviour, hasStoppedMarketing } = before;
  const received = await receive(sandbox, waId, {
    type: "system",
    system: { body: `User ${name} changed from ${waId} to ${to}`, wa_id: to, type: "user_changed_number" },
  });
  await sandbox.commit({ k: "user", user: { ...after, name, behaviour, hasStoppedMarketing } });
  const gone = { ...before.behaviour, fault: 131026 };
  await sandbox.commit({ k: "user", user: { ...sandbox.world.userOf(waId), behaviour: gone, movedTo: to } });
  return received;
}
