import type { Json, JsonObject } from "#flow/json.ts";
import { runEventName } from "#flow/run-event.ts";
import { newId } from "#server/id.ts";
import type { Arrival } from "./arrival.ts";
import { eventName, fixedNames } from "./event-name.ts";
import type { ProfileChange } from "./profile-change.ts";
import { type Call, readCall } from "./read-call.ts";
import { readConsents } from "./read-consents.ts";
import { correctTime, readTime } from "./read-time.ts";
import { readTraits } from "./read-traits.ts";
import type { Fault } from "./refusal.ts";

/** What the sender's key says about every event it brings. */
export type Sender = { workspaceId: string; country: string | null; receivedAt: number; sentAt: Json | undefined };

export type ReadEvent = { arrival: Arrival; warnings: Fault[] } | { fault: Fault };

/** Understands one call. Its JSON has passed findJsonFault. Warnings name parts that were left out of an event that is taken. */
export function readEvent(item: unknown, sender: Sender): ReadEvent {
  const read = readCall(item);
  if ("fault" in read) return read;
  const { call } = read;
  const fault = whatIsMissing(call) ?? whatIsOurs(call);
  if (fault) return { fault };
  const messageId = call.messageId ?? newId();
  const original = call.timestamp ?? call.originalTimestamp;
  const sent = call.sentAt ?? readTime(sender.sentAt) ?? undefined;
  const occurredAt = correctTime(sender.receivedAt, original, sent);
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
    receivedAt: sender.receivedAt,
    occurredAt,
    originalTimestamp: original ?? null,
    sentAt: sent ?? null,
    isSignal: call.type !== "group" && call.type !== "alias",
    profile,
  };
  return { arrival, warnings };
}

const nothingSaid: { profile: null; warnings: Fault[] } = { profile: null, warnings: [] };

function whatIsMissing(call: Call): Fault | null {
  if (call.type === "track" && !call.event) return { reason: "missing-event-name", path: "event" };
  if (call.type === "alias" && !call.previousId) return { reason: "missing-previous-id", path: "previousId" };
  if (call.type === "group" && !call.groupId) return { reason: "missing-group-id", path: "groupId" };
  return call.userId || call.anonymousId ? null : { reason: "missing-user", path: "userId" };
}

/** By this name a step says that it runs a flow. From outside it would pass for that in what is played again later. */
const whatIsOurs = ({ type, event }: Call): Fault | null =>
  type === "track" && eventName(event ?? "") === runEventName ? { reason: "reserved-name", path: "event" } : null;

function readProfile(
  call: Call,
  sender: Sender,
  messageId: string,
  at: number,
): { profile: ProfileChange; warnings: Fault[] } {
  const context = call.context ?? {};
  const traits = traitsOf(call);
  const { fields, attributes, faults } = readTraits(traits, context, sender.country);
  const consent = readConsents(traits, context);
  const profile: ProfileChange = {
    fields,
    attributes,
    consents: consent.consents,
    at: new Date(at).toISOString(),
    messageId,
  };
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
