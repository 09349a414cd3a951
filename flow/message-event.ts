import { readWord } from "./gate/opt-out.ts";
import type { FlowEvent, Signal } from "./signal.ts";

/** The event that a message of a person is, for flows that start by what people write. */
export const messageEventName = "message.received";

/**
 * A text as keywords are compared with it: without capitals, accents, punctuation and emoji, and with a space on each side of every
 * word, so that " BALANCE " is found in it as a word and " BALAN " is not.
 */
export const heardWords = (text: string): string => ` ${readWord(text)} `;

/** What stands in a message that came in: `id` is the message's own. `channelId` null: it is not known by which number it came. */
export type HeardMessage = { id: string; channelId: string | null; at: number };

export const messageEvent = ({ id, channelId, at }: HeardMessage, text: string): FlowEvent => ({
  id,
  name: messageEventName,
  properties: { text, words: heardWords(text), channel: channelId },
  at,
});

/** The same signal when its message has opened what it opens: kept for somebody, it starts no flow any more. */
export const withoutMessage = (signal: Signal): Signal =>
  signal.kind === "reply" || signal.kind === "button" ? { ...signal, message: undefined } : signal;

/** The event by which a signal may open flows; null: it opens none. A tap that nobody waits for says what stood on the button. */
export function openingEvent(signal: Signal): FlowEvent | null {
  if (signal.kind === "event") return signal.event;
  if (signal.kind !== "reply" && signal.kind !== "button") return null;
  return signal.message ? messageEvent(signal.message, signal.text) : null;
}
