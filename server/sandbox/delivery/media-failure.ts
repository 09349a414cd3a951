import { acceptsMedia } from "../graph/media-types.ts";
import type { Message } from "../record.ts";
import type { RenderedHeader } from "../rendered.ts";
import type { World } from "../world.ts";

/** 131053 when uploaded bytes are of a kind the message cannot show, else null. */
export function mediaFailure(world: World, message: Message): number | null {
  const isFitting = headersOf(message).every((header) => {
    const media = header.mediaId === undefined ? undefined : world.media.get(header.mediaId);
    return media === undefined || acceptsMedia(header.kind, media.mimeType, media.bytes);
  });
  return isFitting ? null : 131053;
}

/** Everything at the top of a message or of one of its cards. */
export function headersOf({ rendered }: Pick<Message, "rendered">): RenderedHeader[] {
  if (!rendered) return [];
  const own = rendered.header ? [rendered.header] : [];
  return rendered.cards ? [...own, ...rendered.cards.flatMap((card) => card.header ?? [])] : own;
}
