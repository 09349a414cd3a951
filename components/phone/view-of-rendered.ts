import type { RenderedBill, RenderedMessage } from "#flow/render-message.ts";
import type { MessageView, OrderView } from "./message-view.ts";

/** A message as the flow language draws it, as the phone does: a sound is no header but the message itself. */
export function viewOfRendered({ audio, bill, ...message }: RenderedMessage): MessageView {
  if (!audio) return { kind: "plain", ...message, ...(bill && { order: orderOf(bill) }) };
  return { kind: "attached", file: { kind: "audio", isVoice: false, seed: audio.url ?? "", ...audio } };
}

const orderOf = ({ reference, currency, lines, totalMinor, status }: RenderedBill): OrderView => ({
  reference,
  currency,
  status,
  items: lines.map(({ name, quantity, amountMinor }) => ({ name, quantity, amount: amountMinor / 100 })),
  sums: [],
  total: totalMinor === null ? null : totalMinor / 100,
});
