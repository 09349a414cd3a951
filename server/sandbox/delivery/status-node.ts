import { createHash } from "node:crypto";
import type { JsonObject } from "#flow/json.ts";
import type { Message, Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { errorOf } from "./status-error.ts";

type StatusUpdate = Update & { kind: "status" };

/** From this version on a conversation is named only inside a free entry point (section 11.2). */
const conversationsEndedIn = 24;
const dayMs = 86_400_000;

/** One element of `statuses` (section 11.2), in the words of the version the subscriber listens in. */
export function statusNode(sandbox: Sandbox, message: Message, update: StatusUpdate, version: number): JsonObject {
  const user = sandbox.world.userOf(message.waId);
  const hidesPhone = message.bsuid !== undefined || user.hidesPhone === true;
  return {
    id: message.wamid,
    status: update.status,
    timestamp: String(Math.floor(update.at / 1000)),
    ...(hidesPhone ? {} : { recipient_id: message.waId }),
    recipient_user_id: user.bsuid,
    ...(user.parentBsuid === undefined ? {} : { recipient_parent_user_id: user.parentBsuid }),
    ...(message.ref === undefined ? {} : { biz_opaque_callback_data: message.ref }),
    ...billing(sandbox, message, update, version),
    ...(update.code === undefined ? {} : { errors: [errorOf(update.code)] }),
  };
}

function billing(sandbox: Sandbox, message: Message, update: StatusUpdate, version: number): JsonObject {
  if (update.status === "failed") return {};
  const isOld = version < conversationsEndedIn;
  // Pricing comes with `sent` and with one of delivered and read; older versions put both objects on every status.
  const isPriced = isOld || update.status === "sent" || update.status === "delivered" || update.isFirstArrival === true;
  const isInEntry = message.freeEntryUntil !== undefined;
  return {
    ...(isOld || (isInEntry && isPriced) ? { conversation: conversationOf(sandbox, message, update) } : {}),
    ...(isPriced ? { pricing: pricingOf(message) } : {}),
  };
}

// A free entry point is one conversation; before v24 every other message had one of its own.
function conversationOf(sandbox: Sandbox, message: Message, update: StatusUpdate): JsonObject {
  const { freeEntryUntil, waId, wamid } = message;
  const name = freeEntryUntil === undefined ? wamid : `${waId}:${freeEntryUntil}`;
  const id = createHash("sha1").update(`${sandbox.seed}:conversation:${name}`).digest("hex").slice(0, 32);
  const expiresAt = freeEntryUntil ?? message.at + dayMs;
  return {
    id,
    ...(update.status === "sent" ? { expiration_timestamp: String(Math.floor(expiresAt / 1000)) } : {}),
    origin: { type: categoryOf(message) },
  };
}

// A ledger of an older sandbox has messages without a price.
const categoryOf = (message: Message): string =>
  message.price?.category ?? message.template?.category.toLowerCase() ?? "service";

const pricingOf = (message: Message): JsonObject => ({
  billable: (message.price?.type ?? "regular") === "regular",
  pricing_model: "PMP",
  type: message.price?.type ?? "regular",
  category: categoryOf(message),
});
