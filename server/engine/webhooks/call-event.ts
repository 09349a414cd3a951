import { validate as isUuid } from "uuid";
import type { ChannelEvent } from "#server/channels/channel-event.ts";

/** Where a call came in. Its facts belong to this channel and workspace, never to one that the body names. */
export type HookPlace = { workspaceId: string; channelId: string };

export type EventOf<Kind extends ChannelEvent["kind"]> = Extract<ChannelEvent, { kind: Kind }>;

export const isKind =
  <Kind extends ChannelEvent["kind"]>(kind: Kind) =>
  (event: ChannelEvent): event is EventOf<Kind> =>
    event.kind === kind;

/** Our message id in a status, if it is one of ours: strangers may put anything there. */
export const refOf = ({ ref }: EventOf<"status">): string | null =>
  ref !== null && isUuid(ref) ? ref.toLowerCase() : null;
