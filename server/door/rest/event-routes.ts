import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { eventLimits } from "../ingest/limits.ts";
import { defineRoute } from "./define-route.ts";
import { itemLimits, takeOne } from "./take-one.ts";

export const userId = z
  .union([z.string().min(1).max(eventLimits.userIdLength), z.int()])
  .meta({ description: "The customer's id in your own system." });
export const messageId = z
  .string()
  .min(1)
  .max(eventLimits.messageIdLength)
  .meta({ description: "Names this event: the same id again is the same event." });
export const timestamp = z
  .union([z.string().max(40), z.number()])
  .meta({ description: "When it happened: ISO 8601, or seconds or milliseconds since 1970. Now when missing." });
/** Any object: its insides were checked before (depth, keys, text), and are not copied here. */
export const anyObject = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Give an object.",
);

const EventBody = z.strictObject({
  event: z.string().trim().min(1).max(eventLimits.nameLength).meta({ description: "What happened: payment.due" }),
  userId: userId.optional(),
  anonymousId: userId.optional().meta({ description: "A visitor you do not know yet. One of the two is needed." }),
  messageId: messageId.optional(),
  properties: anyObject.optional(),
  timestamp: timestamp.optional(),
});

export const eventRoutes = [
  defineRoute({
    method: "POST",
    path: "/v1/events",
    operationId: "sendEvent",
    summary: "One event about one person, as /v1/track takes it. Answered after it is stored.",
    verb: "send-events",
    params: z.strictObject({}),
    query: z.strictObject({}),
    body: EventBody,
    limits: itemLimits,
    takesWriteKeys: true,
    status: 201,
    answer: z.strictObject({ messageId: z.string(), event: z.string(), occurredAt: z.iso.datetime() }),
    run: async (actor, { body }) => {
      const { arrival } = await takeOne(actor, { ...withoutGaps(body), type: "track" });
      return {
        messageId: arrival.messageId,
        event: arrival.name,
        occurredAt: new Date(arrival.occurredAt).toISOString(),
      };
    },
  }),
];

/** What was left out is not there, instead of being undefined: JSON has no undefined. */
export function withoutGaps(body: Record<string, JsonObject[string] | undefined>): JsonObject {
  const given: JsonObject = {};
  for (const [name, value] of Object.entries(body)) if (value !== undefined) given[name] = value;
  return given;
}
