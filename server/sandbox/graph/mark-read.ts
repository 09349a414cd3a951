import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { check } from "./check.ts";

const MarkRead = z.looseObject({
  status: z.literal("read"),
  message_id: z.string().min(1),
  typing_indicator: z.looseObject({ type: z.literal("text") }).optional(),
});

const typingMs = 25_000;

/** Marks an inbound message and those before it in its chat as read; no webhook follows (section 2.1). May show the typing bubble. */
export async function markRead(sandbox: Sandbox, request: JsonObject): Promise<object> {
  const { message_id: wamid, typing_indicator } = check(MarkRead, request, "");
  const message = sandbox.world.messages.get(wamid);
  if (!message) throw unknownObject(wamid);
  if (message.direction !== "inbound") throw new GraphError(100, "Only a message from a user can be marked as read");
  await Promise.all(unreadUpTo(sandbox, message).map((each) => sandbox.commit({ k: "seen", wamid: each.wamid })));
  // A bubble lasts 25 seconds or until the next message; nobody needs it after a restart.
  if (typing_indicator) sandbox.world.typingUntil.set(message.waId, sandbox.clock.now() + typingMs);
  return { success: true };
}

function unreadUpTo(sandbox: Sandbox, last: Message): Message[] {
  const { log } = sandbox.world;
  const unread: Message[] = [];
  for (let index = log.lastIndexOf(last); index >= 0; index--) {
    const message = log[index];
    if (message?.direction !== "inbound" || message.waId !== last.waId) continue;
    // Whatever lies before a read message was read with it.
    if (message.status === "read") break;
    unread.push(message);
  }
  return unread;
}
