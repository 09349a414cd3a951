import type pg from "pg";
import type { GateCheck } from "#flow/gate/decide-send.ts";
import { capFor } from "#flow/gate/frequency-cap.ts";
import { type Charge, findUnaffordable, lockBudgets, spend } from "./consume-budget.ts";
import { type CapRequest, consumeCap, lockCaps } from "./consume-cap.ts";
import type { Decision } from "./decide-messages.ts";
import type { SendingRules } from "./load-rules.ts";
import { admitPairs, giveBackPairs, type PairRefusal, type PairRequest } from "./pair-pace.ts";
import { admitPeople, type PersonRequest, type PortfolioRefusal } from "./portfolio.ts";

type ToSend = Extract<Decision, { verdict: "send" }>;
type World = { rules: ReadonlyMap<string, SendingRules>; now: number };

const windowMs = 24 * 3_600_000;

/**
 * Lets those leave that everything shared has room for: their pair, portfolio, budget and cap, each taken in one atomic step and
 * in this order, since what is taken last is the dearest to waste. What a message took before something refused it is given back.
 */
export async function admitMessages(
  client: pg.ClientBase,
  wished: readonly Decision[],
  world: World,
): Promise<Decision[]> {
  const sends = wished.filter((decision) => decision.verdict === "send");
  const verdicts = new Map<string, Decision>();
  const rest = () => sends.filter(({ candidate }) => !verdicts.has(candidate.messageId));

  const pairs = await admitPairs(client, sends.map(pairOf), new Date(world.now));
  for (const send of sends) {
    const refusal = pairs.get(send.candidate.messageId);
    if (refusal) verdicts.set(send.candidate.messageId, losesPair(send, refusal, world.now));
  }
  const admitted = rest();

  const people = await admitPeople(
    client,
    admitted.flatMap((send) => personOf(send, world.now)),
  );
  for (const send of admitted) {
    const refusal = people.get(send.candidate.messageId);
    if (refusal) verdicts.set(send.candidate.messageId, losesPortfolio(send, refusal, world.now));
  }

  await lockPaid(client, wished, { sends: rest(), world });
  const tooDear = await findUnaffordable(client, rest().flatMap(chargesOf));
  for (const send of rest()) {
    if (tooDear.has(send.candidate.messageId)) verdicts.set(send.candidate.messageId, losesBudget(send, world));
  }

  const requests = rest().flatMap((send) => capRequest(send, world));
  const granted = await consumeCap(client, requests);
  const capped = new Map(requests.map((request) => [request.messageId, request.capPerDay]));
  for (const send of rest()) {
    const { messageId } = send.candidate;
    const perDay = capped.get(messageId);
    if (perDay !== undefined && !granted.has(messageId)) verdicts.set(messageId, losesCap(send, perDay, world));
  }
  await spend(client, rest().flatMap(chargesOf));

  await giveBackPairs(client, admitted.filter(({ candidate }) => verdicts.has(candidate.messageId)).map(pairOf));
  return wished.map((decision) => verdicts.get(decision.candidate.messageId) ?? decision);
}

/**
 * What an earlier attempt has paid is given back if the message is dropped now, which is known only at the end, when budgets and caps are
 * locked. So with such a message in the claim all counters that it may touch are locked first, in the order of `lock-order.ts`.
 */
async function lockPaid(
  client: pg.ClientBase,
  wished: readonly Decision[],
  { sends, world }: { sends: readonly ToSend[]; world: World },
): Promise<void> {
  const paid = wished.map(({ candidate }) => candidate).filter(({ capDay, budgetMonth }) => capDay ?? budgetMonth);
  if (paid.length === 0) return;
  const budgets = paid.flatMap(({ workspaceId, budgetMonth: month, budgetCurrency: currency }) =>
    month && currency ? [{ workspaceId, month, currency }] : [],
  );
  const caps = paid.flatMap(({ workspaceId, capHolderId: contactId, capDay: day }) =>
    day ? [{ workspaceId, contactId, day }] : [],
  );
  await lockBudgets(client, [...budgets, ...sends.flatMap(chargesOf)]);
  await lockCaps(client, [...caps, ...sends.flatMap((send) => capRequest(send, world))]);
}

const chargesOf = ({ charge }: ToSend): Charge[] => (charge ? [charge] : []);

const pairOf = ({ candidate, channel }: ToSend): PairRequest => ({
  messageId: candidate.messageId,
  channelId: channel.id,
  contactId: candidate.contactId,
  lane: candidate.lane,
});

/** Within 24 hours of what the person wrote, a message is an answer and counts against no limit. */
function personOf({ candidate, channel }: ToSend, now: number): PersonRequest[] {
  const { messageId, workspaceId, contactId, contact } = candidate;
  const lastInboundAt = contact?.lastInboundAt?.getTime() ?? null;
  if (channel.portfolioId === null || (lastInboundAt !== null && now < lastInboundAt + windowMs)) return [];
  return [{ messageId, workspaceId, portfolioId: channel.portfolioId, contactId }];
}

/** What a message has to pay: nothing when it is exempt or has paid on an earlier attempt. */
function capRequest({ candidate, capDay }: ToSend, { rules }: World): CapRequest[] {
  if (capDay === null || candidate.capDay !== null) return [];
  const { messageId, workspaceId, capHolderId: contactId } = candidate;
  const { capPerDay: perDay = 0, rollingCap = null } = rules.get(workspaceId) ?? {};
  const flowPerDay = candidate.request.capPerDay ?? null;
  const capPerDay = capFor(perDay, flowPerDay);
  return [{ messageId, workspaceId, contactId, day: capDay, capPerDay, flowPerDay, rolling: rollingCap }];
}

function losesPair(
  { candidate, checks, prepared, capDay, channel }: ToSend,
  refusal: PairRefusal,
  now: number,
): Decision {
  const judged = { candidate, checks, prepared, capDay };
  if (refusal.kind === "behind") return { ...judged, verdict: "behind", channelId: channel.id };
  const until = now + refusal.inMs;
  return { ...judged, verdict: "defer", until, reason: "pair-rate", holdsBack: true };
}

function losesPortfolio(send: ToSend, { inMs, people }: PortfolioRefusal, now: number): Decision {
  const { candidate, prepared, capDay } = send;
  const checks = refusedCheck(send.checks, "budget", {
    verdict: "defer",
    seen: String(people),
    needed: `< ${people} people a day`,
  });
  const judged = { candidate, prepared, checks, capDay };
  // It would leave too late: there is no use in waiting.
  if (candidate.expiresAt && now + inMs >= candidate.expiresAt.getTime())
    return { ...judged, verdict: "skip", reason: "portfolio-limit" };
  return {
    ...judged,
    verdict: "defer",
    until: now + inMs,
    reason: "portfolio-limit",
    holdsBack: true,
  };
}

/** Its cap was used up by another message in the meantime. */
function losesCap(send: ToSend, perDay: number, world: World): Decision {
  const checks = refusedCheck(send.checks, "cap", { verdict: "block", seen: String(perDay) });
  return loses({ ...send, checks }, { rule: "cap", reason: "frequency-cap" }, world);
}

/** What was left of the budget was spent in the meantime. */
function losesBudget(send: ToSend, world: World): Decision {
  const checks = refusedCheck(send.checks, "budget", { verdict: "block" });
  return loses({ ...send, checks }, { rule: "budget", reason: "budget" }, world);
}

/** As the workspace answers such a no. What is to leave later is judged anew at once: the gate sees the counter then, and says when. */
function loses(
  { candidate, checks, prepared, capDay }: ToSend,
  { rule, reason }: { rule: "cap" | "budget"; reason: string },
  { rules, now }: World,
): Decision {
  const judged = { candidate, checks, prepared, capDay };
  const wish = rules.get(candidate.workspaceId)?.on[rule];
  if (wish === "later") return { ...judged, verdict: "defer", until: now, reason: `${reason}-later`, holdsBack: false };
  return { ...judged, verdict: "skip", reason, ...(wish === "drop" && { isSilent: true as const }) };
}

const refusedCheck = (checks: readonly GateCheck[], name: GateCheck["check"], found: Partial<GateCheck>): GateCheck[] =>
  checks.map((check) => (check.check === name ? { ...check, ...found } : check));
