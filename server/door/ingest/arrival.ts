import type { JsonObject } from "#flow/json.ts";
import type { ProfileChange } from "./profile-change.ts";

/** An event that was understood and waits to be stored. Times are milliseconds since 1970. */
export type Arrival = {
  workspaceId: string;
  eventId: string;
  messageId: string;
  /** track, identify, page, screen, group, alias or system. */
  type: string;
  name: string;
  properties: JsonObject;
  /** Who it is about: an id of ours when the door itself says it, else the sender's ids. */
  person: { contactId: string } | { userId: string | null; anonymousId: string | null };
  receivedAt: number;
  occurredAt: number;
  originalTimestamp: number | null;
  sentAt: number | null;
  /** False for calls that no flow listens to (group, alias): they are only kept. */
  isSignal: boolean;
  profile: ProfileChange | null;
};
