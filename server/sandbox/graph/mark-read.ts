import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { check } from "./check.ts";

const MarkRead = z.looseObject({
  status: z.literal("read"),
  message_id: z.string().min(1),
  typing_indicator: z.looseObject({ type: z.literal("text") }).optional(),
});

/** Marks an inbound message as read; no webhook follows (section 2.1). */
export async function markRead(sandbox: Sandbox, request: JsonObject): Promise<object> {
  const { message_id: wamid } = check(MarkRead, request, "");
  const message = sandbox.world.messages.get(wamid);
  if (!message) throw unknownObject(wamid);
  if (message.direction !== "inbound") throw new GraphError(100, "Only a message from a user can be marked as read");
  await sandbox.commit({ k: "seen", wamid });
  return { success: true };
}
