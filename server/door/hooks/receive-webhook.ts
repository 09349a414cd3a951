import type { IncomingMessage, ServerResponse } from "node:http";

import { metaCloud } from "#server/channels/meta-cloud/meta-cloud.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import { answerText } from "../answer.ts";
import type { Door } from "../door.ts";
import { readBody } from "../read-body.ts";
import type { OpenChannel } from "./channel-hooks.ts";

const maxBytes = 3 * 1024 * 1024;

/** Meta's GET handshake: answers the challenge when the verify token is the channel's own. */
export async function answerHandshake(door: Door, path: HookPath, query: URLSearchParams, response: ServerResponse) {
  const { connection } = await findChannel(door, path);
  const challenge = metaCloud.answerHandshake(connection, query);
  if (challenge === null) throw new DomainError("not-allowed", "The verify token is not the one of this channel.");
  answerText(response, 200, challenge);
}

/**
 * A provider's call: signature over the raw bytes, stored raw, answered; understood later. The provider repeats what we do not
 * answer with 200 for a week, so 200 comes after the commit and an unstored call is never a success.
 */
export async function receiveWebhook(door: Door, path: HookPath, request: IncomingMessage, response: ServerResponse) {
  const channel = await findChannel(door, path);
  const body = await readBody(request, maxBytes);
  if (!metaCloud.isGenuine(channel.connection, body, request.headers)) {
    door.log.warn({ channelId: channel.connection.channelId }, "a webhook call with a wrong signature was refused");
    throw new DomainError("not-signed-in", "The signature does not fit the body.");
  }
  await door.rawCalls.submit([
    {
      id: newId(),
      workspaceId: channel.workspaceId,
      channelId: channel.connection.channelId,
      body,
      receivedAt: door.clock.now().toISOString(),
    },
  ]);
  answerText(response, 200, "EVENT_RECEIVED");
}

export type HookPath = { channelId: string; hookToken: string };

async function findChannel(door: Door, { channelId, hookToken }: HookPath): Promise<OpenChannel> {
  const channel = await door.hooks.find(channelId, hookToken);
  if (!channel) throw new DomainError("not-found", "There is no webhook address like this.");
  return channel;
}
