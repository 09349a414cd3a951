import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { newId } from "#server/id.ts";
import type { Arrival } from "./arrival.ts";
import { eventName, fixedNames } from "./event-name.ts";
import { eventLimits } from "./limits.ts";
import type { ProfileChange } from "./profile-change.ts";
import { readConsents } from "./read-consents.ts";
import { correctTime, readTime } from "./read-time.ts";
import { readTraits } from "./read-traits.ts";
import type { Fault, RefusalReason } from "./refusal.ts";

export const callTypes = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type CallType = (typeof callTypes)[number];

/** What the sender's key says about every event it brings. */
export type Sender = { workspaceId: string; country: string | null; receivedAt: number; sentAt: unknown };

const reason = (code: RefusalReason) => ({ error: code });
/** Checked by reference instead of copied: z.record would rebuild each properties object, and findJsonFault has walked it already. */
const plainObject = (code: RefusalReason) =>
  z
    .custom<JsonObject>((value) => typeof value === "object" && value !== null && !Array.isArray(value), reason(code))
    .nullish();
const givenId = (code: RefusalReason) =>
  z
    .union([z.string(), z.int().transform(String)], reason(code))
    .pipe(z.string().min(1, reason(code)).max(eventLimits.userIdLength, reason(code)))
    .nullish();
const name = z
  .string(reason("invalid-name"))
  .trim()
  .min(1, reason("invalid-name"))
  .max(eventLimits.nameLength, reason("invalid-name"));
const time = (value: unknown) => readTime(value as Parameters<typeof readTime>[0]);
const moment = z
  .unknown()
  .transform((value, context) => {
    const ms = time(value);
    if (ms === null) context.addIssue({ code: "custom", message: "invalid-timestamp" });
    return ms ?? undefined;
  })
  .optional();

/** The fields of Segment's calls that mean something here (segment.com/docs/connections/spec); others are let through unread. */
const Call = z.object(
  {
    type: z.enum(callTypes, reason("unknown-type")),
    messageId: z
      .string(reason("invalid-message-id"))
      .min(1, reason("invalid-message-id"))
      .max(eventLimits.messageIdLength, reason("invalid-message-id"))
      .nullish(),
    userId: givenId("invalid-user-id"),
    anonymousId: givenId("invalid-user-id"),
    previousId: givenId("invalid-user-id"),
    groupId: givenId("invalid-user-id"),
    event: name.nullish(),
    name: name.nullish(),
    category: name.nullish(),
    properties: plainObject("invalid-properties"),
    traits: plainObject("invalid-properties"),
    context: plainObject("invalid-context"),
    timestamp: moment,
    originalTimestamp: moment,
    sentAt: moment,
  },
  reason("not-an-object"),
);
type Call = z.infer<typeof Call>;

export type ReadEvent = { arrival: Arrival; warnings: Fault[] } | { fault: Fault };

/** Understands one call. Its JSON has passed findJsonFault. Warnings name parts that were left out of an event that is taken. */
export function readEvent(item: unknown, sender: Sender): ReadEvent {
  const parsed = Call.safeParse(item);
  if (!parsed.success) return { fault: faultOf(parsed.error) };
  const call = parsed.data;
  const missing = whatIsMissing(call);
  if (missing) return { fault: missing };
  const messageId = call.messageId ?? newId();
  const original = call.timestamp ?? call.originalTimestamp;
  const sent = call.sentAt ?? time(sender.sentAt) ?? undefined;
  const occurredAt = iso(correctTime(sender.receivedAt, original, sent));
  const { profile, warnings } =
    call.type === "identify" ? readProfile(call, sender, messageId, occurredAt) : nothingSaid;
  const arrival: Arrival = {
    workspaceId: sender.workspaceId,
    eventId: newId(),
    messageId,
    type: call.type,
    name: call.type === "track" ? eventName(call.event ?? "") : fixedNames[call.type],
    properties: propertiesOf(call),
    person: { userId: call.userId ?? null, anonymousId: call.anonymousId ?? null },
    receivedAt: iso(sender.receivedAt),
    occurredAt,
    originalTimestamp: original === undefined ? null : iso(original),
    sentAt: sent === undefined ? null : iso(sent),
    isSignal: call.type !== "group" && call.type !== "alias",
    profile,
  };
  return { arrival, warnings };
}

let isoMs = 0;
let isoText = new Date(0).toISOString();

/** One event's times are mostly the same moment, and so are those of its neighbours: the last one written is kept. */
function iso(ms: number): string {
  if (ms === isoMs) return isoText;
  isoText = new Date(ms).toISOString();
  isoMs = ms;
  return isoText;
}

const nothingSaid: { profile: null; warnings: Fault[] } = { profile: null, warnings: [] };

function faultOf(error: z.ZodError): Fault {
  const issue = error.issues[0];
  return { reason: (issue?.message ?? "not-an-object") as RefusalReason, path: issue?.path.join(".") ?? "" };
}

function whatIsMissing(call: Call): Fault | null {
  if (call.type === "track" && !call.event) return { reason: "missing-event-name", path: "event" };
  if (call.type === "alias" && !call.previousId) return { reason: "missing-previous-id", path: "previousId" };
  if (call.type === "group" && !call.groupId) return { reason: "missing-group-id", path: "groupId" };
  return call.userId || call.anonymousId ? null : { reason: "missing-user", path: "userId" };
}

function readProfile(
  call: Call,
  sender: Sender,
  messageId: string,
  at: string,
): { profile: ProfileChange; warnings: Fault[] } {
  const context = call.context ?? {};
  const traits = traitsOf(call);
  const { fields, attributes, faults } = readTraits(traits, context, sender.country);
  const consent = readConsents(traits, context);
  const profile: ProfileChange = { fields, attributes, consents: consent.consents, at, messageId };
  return { profile, warnings: [...faults, ...consent.faults] };
}

/** RudderStack's clients put the traits of an identify into the context. */
function traitsOf(call: Call): JsonObject {
  if (call.traits) return call.traits;
  const inContext = call.context?.traits;
  return typeof inContext === "object" && inContext !== null && !Array.isArray(inContext) ? inContext : {};
}

function propertiesOf(call: Call): JsonObject {
  switch (call.type) {
    case "track":
      return call.properties ?? {};
    case "identify":
      return traitsOf(call);
    case "page":
    case "screen":
      return {
        ...call.properties,
        ...(call.name ? { name: call.name } : {}),
        ...(call.category ? { category: call.category } : {}),
      };
    case "group":
      return { ...call.traits, groupId: call.groupId ?? null };
    case "alias":
      return { previousId: call.previousId ?? null };
  }
}
