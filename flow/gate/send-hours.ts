import { localClock } from "../local-time.ts";
import { isCapped } from "./frequency-cap.ts";
import { type Hours, nextClosing, nextOpening, type OpeningHours } from "./quiet-hours.ts";
import type { AsSent, SendFacts } from "./send-facts.ts";
import { sentAs } from "./sent-as.ts";
import { spreadAfter } from "./spread.ts";

/** So long after a person wrote or tapped they count as awake and in conversation. */
const conversationMs = 15 * 60_000;

/** Which hours are closed now: the first that are, in the order people think of them. */
export function closedBy(facts: AsSent): "quiet-hours" | "sending-hours" | "collections-hours" {
  const without = { ...facts, collections: null };
  if (openingOf({ ...without, sendingHours: null }) !== facts.now) return "quiet-hours";
  return openingOf(without) === facts.now ? "collections-hours" : "sending-hours";
}

/** Quiet hours are for what can wait; the flow's own sending hours hold for whatever it sends. */
export const openingOf = (facts: SendFacts): number | null => nextOpening(hoursOf(facts), facts.zone, facts.now);

const hoursOf = (facts: SendFacts): OpeningHours => ({
  quiet: quietFor(facts),
  sending: facts.sendingHours,
  week: facts.collections,
});

/** What is urgent enough to be free of the cap leaves at the opening itself. */
export function spreadOf(facts: SendFacts, opening: number): { delayMs: number; overMs: number } {
  if (!isCapped(facts.purpose)) return { delayMs: 0, overMs: 0 };
  const closesAt = nextClosing(hoursOf(facts), facts.zone, opening);
  return spreadAfter(opening, { key: facts.spreadKey, closesAt, expiresAt: facts.expiresAt });
}

/** The quiet hours that hold for this message: none for alerts, and none for the service a person is asking for right now. */
const quietFor = (facts: SendFacts): Hours | null =>
  isCapped(facts.purpose) && !isInConversation(facts) ? facts.quietHours : null;

/**
 * Whether it counts for the cap, and stops at it. What answers a person right now in words of its own is no message that the business
 * begins: who asks five questions gets five answers.
 */
export const usesCap = (facts: SendFacts): boolean =>
  isCapped(sentAs(facts.purpose, facts.category)) && !(facts.kind === "free" && isInConversation(facts));

/** Marketing never is: a person who asks about their card at night has not asked for offers. */
export const isInConversation = ({ purpose, lastInboundAt, now }: SendFacts): boolean =>
  purpose === "service" && lastInboundAt !== null && now < lastInboundAt + conversationMs;

export function describeHours(facts: SendFacts): string {
  const { sendingHours, collections, now, zone } = facts;
  const quietHours = quietFor(facts);
  const today = collections?.[(new Date(localClock(now, zone).day).getUTCDay() + 6) % 7];
  const quiet = quietHours && quietHours.from !== quietHours.to;
  const parts = [
    ...(quiet ? [`not ${quietHours.from}-${quietHours.to}`] : []),
    ...(sendingHours ? [`${sendingHours.from}-${sendingHours.to}`] : []),
    ...(collections ? [`collections ${today ? `${today.from}-${today.to}` : "none"}`] : []),
  ];
  return parts.join(", ") || "any";
}
