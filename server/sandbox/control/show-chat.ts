import { z } from "zod";
import type { Message } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { controlError } from "./control-error.ts";
import { WaId } from "./settings.ts";

const Query = z.object({ with: WaId, last: z.coerce.number().int().min(1).max(1000).default(100) });

/** One person's chat, oldest first, with everything a phone needs to draw it, and how the person's WhatsApp is set. */
export function showChat(sandbox: Sandbox, input: unknown): object {
  const { with: waId, last } = Query.parse(input);
  // Somebody who has changed the number reads the old chat on the new phone.
  const user = currentUser(sandbox, waId);
  const numbers = new Set([waId, user.waId]);
  const found: Message[] = [];
  for (let index = sandbox.world.log.length - 1; index >= 0 && found.length < last; index--) {
    const message = sandbox.world.log[index];
    if (message && numbers.has(message.waId)) found.unshift(message);
  }
  return {
    user: {
      wa_id: user.waId,
      name: user.name,
      behaviour: user.behaviour,
      has_blocked: user.hasBlocked ?? false,
      has_stopped_marketing: user.hasStoppedMarketing,
      in_window: sandbox.isInWindow(user),
      is_typed_to: (sandbox.world.typingUntil.get(user.waId) ?? 0) > sandbox.clock.now(),
    },
    data: found.map((message) => chatRow(sandbox, message)),
    planted: sandbox.faults.planted
      .filter(({ match }) => match.to === user.waId)
      .map(({ mode, code }) => ({ mode, code })),
  };
}

/** The person behind a number, also when they have moved on to another. */
export function currentUser(sandbox: Sandbox, waId: string) {
  let user = sandbox.world.userOf(waId);
  for (let hops = 0; user.movedTo !== undefined && hops < 20; hops++) user = sandbox.world.userOf(user.movedTo);
  return user;
}

function chatRow(sandbox: Sandbox, message: Message) {
  const { wamid, direction, type, status, at, body, rendered, template, content, contextWamid, failsWith } = message;
  return {
    wamid,
    direction,
    type,
    status,
    at: new Date(at).toISOString(),
    body,
    rendered: rendered ?? null,
    content: content ?? null,
    template: template ?? null,
    context_wamid: contextWamid ?? null,
    error_code: status === "failed" ? (failsWith ?? null) : null,
    media: mediaOf(sandbox, message),
  };
}

const MediaId = z.looseObject({ id: z.string() });

/** The files a message names by their ids, with what is known of them. */
function mediaOf(sandbox: Sandbox, { content, type, rendered }: Message) {
  const ids = [
    MediaId.safeParse(content?.[type]).data?.id,
    rendered?.header?.mediaId,
    ...(rendered?.cards ?? []).map((card) => card.header?.mediaId),
  ];
  return ids.flatMap((id) => {
    const media = id === undefined ? undefined : sandbox.world.media.get(id);
    return media ? [{ id: media.id, mime_type: media.mimeType, file_name: media.fileName, bytes: media.bytes }] : [];
  });
}

/** Where a file's bytes lie, for a phone to show. */
export function mediaFor(sandbox: Sandbox, id: string) {
  const media = sandbox.world.media.get(id);
  if (!media) throw controlError(404, "There is no such file.");
  return media;
}
