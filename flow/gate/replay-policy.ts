import type { Purpose } from "../graph.ts";
import { budgetMonth, nextMonthAt } from "./budget.ts";
import { collectionsWeek } from "./collections-hours.ts";
import { type Consents, withEnds } from "./consent.ts";
import { decideSend, type GateDecision } from "./decide-send.ts";
import { capDay, capFor, capState, isCapped } from "./frequency-cap.ts";
import { consentRulesOf, type SendPolicy } from "./policy.ts";
import type { Hours } from "./quiet-hours.ts";

/** A message of the past as far as a policy decides about it. Times are milliseconds since 1970. */
export type PastSend = {
  messageId: string;
  contactId: string;
  /** Under whom its cap is counted: the first of the contacts with this phone, who are one person. */
  holderId: string;
  /** What the person had agreed to then; null: the consent is taken for good. */
  consents: Consents | null;
  /** When it was asked for. */
  at: number;
  /** What it was sent as. */
  purpose: Purpose;
  zone: string;
  country: string | null;
  sendingHours: Hours | null;
  collects: boolean;
  /** Its flow's own cap; null: none. */
  capPerDay?: number | null;
  /** The person had written just before. */
  wasInConversation: boolean;
  /** In millionths of `currency`; null: no price was known. */
  costs: number | null;
  currency: string | null;
};

/** What would have become of it. */
export type PastVerdict = { fate: "sent" | "later" | "dropped"; reason: string | null };

/** What was counted before the first of the messages. */
export type PastWorld = {
  workspaceZone: string;
  /** By person and local day. */
  usedByDay: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Millionths of the budget's currency by month. */
  spent: Readonly<Record<string, number>>;
  /** The messages are those of one person in so many: each stands for as many when the budget is counted. */
  oneIn?: number;
};

/** A message is asked about so often at most; each time it waits for a later opening. */
const mostRounds = 20;

/** So many decisions between two pauses of a replay in steps. */
const decisionsAStep = 25;

/**
 * Lets the live gate decide about messages of the past under a policy, in the order in which they would have left, with caps and
 * budget counted along. Whatever else it looks at (template, number) is taken for good: it was, and the policy does not change it.
 */
export const replayPolicy = (
  sends: readonly PastSend[],
  policy: SendPolicy,
  world: PastWorld,
): Map<string, PastVerdict> => allOf(replaySteps(sends, policy, world));

/** The same in steps of a few milliseconds, between which a host may do something else. */
export function* replaySteps(
  sends: readonly PastSend[],
  policy: SendPolicy,
  world: PastWorld,
): Generator<void, Map<string, PastVerdict>> {
  const verdicts = new Map<string, PastVerdict>();
  const counted = { used: structuredClone(world.usedByDay) as Counted["used"], spent: { ...world.spent } };
  const due: Turn[] = sends.map((send) => ({ send, now: send.at, round: 0 })).sort((a, b) => a.now - b.now);
  // What waits comes back at its later time, among those that were asked for by then.
  for (const [place, { send, now, round }] of due.entries()) {
    if (place % decisionsAStep === decisionsAStep - 1) yield;
    const decision = judge(send, { policy, world, counted, now });
    const before = verdicts.get(send.messageId);
    if (decision.verdict === "defer") {
      verdicts.set(send.messageId, before ?? { fate: "later", reason: decision.reason });
      const later = { send, now: Math.max(decision.until, now + 1), round: round + 1 };
      if (later.round < mostRounds) due.splice(placeFor(due, later.now, place + 1), 0, later);
    } else if (decision.verdict === "block") {
      verdicts.set(send.messageId, { fate: "dropped", reason: decision.reason });
    } else {
      count(send, { policy, world, counted, now });
      verdicts.set(send.messageId, before ?? { fate: "sent", reason: null });
    }
  }
  return verdicts;
}

type Turn = { send: PastSend; now: number; round: number };

/** Behind all that are due by then; from `first` on the list is in order. */
function placeFor(due: readonly Turn[], now: number, first: number): number {
  let [low, high] = [first, due.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((due[middle]?.now ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Counted = { used: Record<string, Record<string, number>>; spent: Record<string, number> };
type Moment = { policy: SendPolicy; world: PastWorld; counted: Counted; now: number };

function judge(send: PastSend, { policy, world, counted, now }: Moment): GateDecision {
  const { zone, purpose } = send;
  const { exempt, ...ends } = consentRulesOf(policy, world.workspaceZone);
  const usedByDay = counted.used[send.holderId] ?? {};
  return decideSend({
    now,
    purpose,
    category: null,
    zone,
    consents: send.consents ? withEnds(send.consents, ends) : taken,
    consentExempt: exempt,
    suppressedReason: null,
    cap: capState(
      usedByDay,
      { perDay: capFor(policy.capPerDay, send.capPerDay), rolling: policy.rollingCap },
      capDay(now, zone),
    ),
    quietHours: policy.quietHours,
    sendingHours: send.sendingHours,
    collections: send.collects ? collectionsWeek(policy.collections, send.country, now, zone) : null,
    budget: budgetOf(send, { policy, world, counted, now }),
    on: policy.on,
    expiresAt: null,
    spreadKey: send.contactId,
    kind: "template",
    // The conversation was then, not when a later opening comes.
    lastInboundAt: send.wasInConversation && now === send.at ? now - 1 : null,
    templateStatus: "approved",
    channelStatus: "connected",
    hasAddress: true,
    missingVariables: [],
    text: "",
  });
}

const granted = { state: "granted", at: "" } as const;
const taken: Consents = { service: granted, marketing: granted };

function budgetOf(send: PastSend, { policy: { budget }, world, counted, now }: Moment) {
  if (!budget) return null;
  const month = budgetMonth(now, world.workspaceZone);
  const costs = send.currency === budget.currency && send.costs !== null ? send.costs * (world.oneIn ?? 1) : null;
  const { micros: most, currency } = budget;
  const againAt = nextMonthAt(month, world.workspaceZone);
  return { spent: counted.spent[month] ?? 0, costs, most, currency, againAt };
}

function count(send: PastSend, { policy, world, counted, now }: Moment): void {
  if (isCapped(send.purpose)) {
    const day = capDay(now, send.zone);
    const used = counted.used[send.holderId] ?? {};
    counted.used[send.holderId] = { ...used, [day]: (used[day] ?? 0) + 1 };
  }
  if (policy.budget && send.currency === policy.budget.currency) {
    const month = budgetMonth(now, world.workspaceZone);
    counted.spent[month] = (counted.spent[month] ?? 0) + (send.costs ?? 0) * (world.oneIn ?? 1);
  }
}

/** What a new policy would have changed for one message. */
export type Touch = {
  messageId: string;
  contactId: string;
  holderId: string;
  change: "waits" | "dropped" | "leaves" | "sooner";
  reason: string | null;
};

/** The messages of which a new policy would have made something else than the one in force, both played over the same past. */
export const comparePolicies = (sends: readonly PastSend[], policies: Policies, world: PastWorld): Touch[] =>
  allOf(compareSteps(sends, policies, world));

type Policies = { inForce: SendPolicy; proposed: SendPolicy };

/** The same in steps (`replaySteps`). */
export function* compareSteps(
  sends: readonly PastSend[],
  { inForce, proposed }: Policies,
  world: PastWorld,
): Generator<void, Touch[]> {
  const before = yield* replaySteps(sends, inForce, world);
  const after = yield* replaySteps(sends, proposed, world);
  return sends.flatMap(({ messageId, contactId, holderId }): Touch[] => {
    const [was, is] = [before.get(messageId), after.get(messageId)];
    if (!was || !is || was.fate === is.fate) return [];
    const change = changes[is.fate](was.fate);
    return [{ messageId, contactId, holderId, change, reason: is.reason ?? was.reason }];
  });
}

const changes: Record<PastVerdict["fate"], (was: PastVerdict["fate"]) => Touch["change"]> = {
  dropped: () => "dropped",
  later: (was) => (was === "dropped" ? "leaves" : "waits"),
  sent: (was) => (was === "dropped" ? "leaves" : "sooner"),
};

function allOf<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
