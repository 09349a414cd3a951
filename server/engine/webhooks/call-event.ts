import { validate as isUuid } from "uuid";
import type { ChannelEvent } from "#server/channels/channel.ts";

/** A provider's fact with the channel it came by: the workspace is the channel's, never one that the body names. */
export type CallEvent<Event extends ChannelEvent = ChannelEvent> = {
  workspaceId: string;
  channelId: string;
  event: Event;
};

export type EventOf<Kind extends ChannelEvent["kind"]> = CallEvent<Extract<ChannelEvent, { kind: Kind }>>;

export const isKind =
  <Kind extends ChannelEvent["kind"]>(kind: Kind) =>
  (each: CallEvent): each is EventOf<Kind> =>
    each.event.kind === kind;

/** What a redelivered call is recognised by; null for facts that may be applied twice without harm. */
export function keyOf({ event }: CallEvent): string | null {
  if (event.kind === "status") return `${event.status}:${event.wamid}`;
  return event.kind === "inbound" ? `inbound:${event.wamid}` : null;
}

/** Our message id in a status, if it is one of ours: strangers may put anything there. */
export const refOf = ({ event }: EventOf<"status">): string | null =>
  event.ref !== null && isUuid(event.ref) ? event.ref.toLowerCase() : null;
