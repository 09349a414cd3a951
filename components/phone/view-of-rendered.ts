import type { RenderedMessage } from "#flow/render-message.ts";
import type { MessageView } from "./message-view.ts";

/** A message as the flow language draws it, as the phone does: a sound is no header but the message itself. */
export function viewOfRendered({ audio, ...message }: RenderedMessage): MessageView {
  if (!audio) return { kind: "plain", ...message };
  return { kind: "attached", file: { kind: "audio", isVoice: false, seed: audio.url ?? "", ...audio } };
}
