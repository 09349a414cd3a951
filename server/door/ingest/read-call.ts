import type { Json, JsonObject } from "#flow/json.ts";
import { eventLimits } from "./limits.ts";
import { readTime } from "./read-time.ts";
import type { Fault, RefusalReason } from "./refusal.ts";

export const callTypes = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type CallType = (typeof callTypes)[number];

/**
 * The fields of Segment's calls that mean something here (segment.com/docs/connections/spec), undefined where they are not given or
 * null; others are let through unread. Times are milliseconds since 1970. Objects are the sender's own, not copies.
 */
export type Call = {
  type: CallType;
  messageId: string | undefined;
  userId: string | undefined;
  anonymousId: string | undefined;
  previousId: string | undefined;
  groupId: string | undefined;
  event: string | undefined;
  name: string | undefined;
  category: string | undefined;
  properties: JsonObject | undefined;
  traits: JsonObject | undefined;
  context: JsonObject | undefined;
  timestamp: number | undefined;
  originalTimestamp: number | undefined;
  sentAt: number | undefined;
};

/**
 * Reads the fields of one call, or names the first that is wrong, in the order of `Call`. Written by hand: every event passes here, and
 * a schema took a quarter of the door's own time. Its JSON has passed findJsonFault.
 */
export function readCall(item: unknown): { call: Call } | { fault: Fault } {
  if (!isRecord(item)) return { fault: { reason: "not-an-object", path: "" } };
  const type = callTypes.find((word) => word === item.type);
  if (type === undefined) return { fault: { reason: "unknown-type", path: "type" } };
  const call: Call = {
    type,
    messageId: text(item.messageId, eventLimits.messageIdLength),
    userId: givenId(item.userId),
    anonymousId: givenId(item.anonymousId),
    previousId: givenId(item.previousId),
    groupId: givenId(item.groupId),
    event: name(item.event),
    name: name(item.name),
    category: name(item.category),
    properties: object(item.properties),
    traits: object(item.traits),
    context: object(item.context),
    timestamp: moment(item.timestamp),
    originalTimestamp: moment(item.originalTimestamp),
    sentAt: moment(item.sentAt),
  };
  const fault = findFault(item, call);
  return fault ? { fault } : { call };
}

/** What is wrong with a field that was given and could not be read. In the order of `Call`. */
const reasons = {
  messageId: "invalid-message-id",
  userId: "invalid-user-id",
  anonymousId: "invalid-user-id",
  previousId: "invalid-user-id",
  groupId: "invalid-user-id",
  event: "invalid-name",
  name: "invalid-name",
  category: "invalid-name",
  properties: "invalid-properties",
  traits: "invalid-properties",
  context: "invalid-context",
  timestamp: "invalid-timestamp",
  originalTimestamp: "invalid-timestamp",
  sentAt: "invalid-timestamp",
} as const satisfies Record<Exclude<keyof Call, "type">, RefusalReason>;

const fields = Object.keys(reasons) as (keyof typeof reasons)[];

/** Each reader answers undefined for what is absent and for what is wrong: only what was given can be wrong. */
function findFault(item: Record<string, Json>, call: Call): Fault | null {
  for (const field of fields) {
    if (call[field] !== undefined) continue;
    const given = item[field];
    if (given !== undefined && given !== null) return { reason: reasons[field], path: field };
  }
  return null;
}

type Given = Json | undefined;

const text = (value: Given, maxLength: number): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= maxLength ? value : undefined;

/** A whole number is an id as well: many systems count their customers. */
const givenId = (value: Given): string | undefined =>
  text(typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value, eventLimits.userIdLength);

const name = (value: Given): string | undefined =>
  typeof value === "string" ? text(value.trim(), eventLimits.nameLength) : undefined;

const object = (value: Given): JsonObject | undefined => (isRecord(value) ? value : undefined);

const moment = (value: Given): number | undefined => readTime(value) ?? undefined;

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
