import { collectionsWeek } from "../gate/collections-hours.ts";
import { withEnds } from "../gate/consent.ts";
import { decideSend, templateHeld } from "../gate/decide-send.ts";
import { capDay, capFor, capState } from "../gate/frequency-cap.ts";
import { leftEarly } from "../gate/left-early.ts";
import { usesCap } from "../gate/send-hours.ts";
import type { TemplateStatus } from "../template.ts";
import { stepFaults } from "./action.ts";
import { plan } from "./queue-message.ts";
import { log, signalTo } from "./signals.ts";
import type { SimulatedMessage, Simulation } from "./simulation.ts";

/** People look at a message about a minute after it came. */
const readAfterMs = 60_000;

/** Asks the gate about a queued message and does what it says. */
export function passGate(sim: Simulation, messageId: string): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  if (message?.status !== "queued") return sim;
  if (sim.fault === "template-paused" && message.template)
    return passGate({ ...sim, fault: null, pausedTemplates: [...sim.pausedTemplates, message.template] }, messageId);
  const { checks, ...verdict } = decideSend(factsFor(sim, message));
  const reason = verdict.verdict === "send" ? null : verdict.reason;
  const until = verdict.verdict === "defer" ? verdict.until : null;
  const { nodeId } = message;
  const judged = log(change(sim, messageId, { checks, until, reason }), {
    kind: "gate",
    messageId,
    nodeId,
    verdict: verdict.verdict,
    reason,
    until,
    checks,
  });
  if (verdict.verdict === "defer") return plan(judged, { at: verdict.until, kind: "gate", messageId });
  if (verdict.verdict === "block") {
    const skipped = { status: "skipped", reason: verdict.reason } as const;
    // Who asked for such messages to be dropped in silence has their people go on as if it had left.
    return verdict.isSilent ? tell(judged, message, skipped) : settle(judged, messageId, skipped);
  }
  return leave(judged, message);
}

/** A person who acts has read what is on the phone. */
export function readAll(sim: Simulation): Simulation {
  const unread = sim.messages.filter((message) => message.direction === "outbound" && message.status === "delivered");
  return unread.reduce((before, { id }) => read(before, id), sim);
}

export function read(sim: Simulation, messageId: string): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  return message?.status === "delivered" ? settle(sim, messageId, { status: "read", reason: null }) : sim;
}

function leave(sim: Simulation, message: SimulatedMessage): Simulation {
  const { fault } = sim;
  // What a step is to meet is left for it.
  const calm = stepFaults.some((one) => one === fault) ? sim : { ...sim, fault: null };
  if (fault === "provider-down") return settle(calm, message.id, { status: "failed", reason: "provider-down" });
  const sent = settle(countForCap(calm, message), message.id, { status: "sent", reason: null });
  if (fault === "no-status") return sent;
  if (fault === "undelivered") return settle(sent, message.id, { status: "failed", reason: "undelivered" });
  const delivered = settle(sent, message.id, { status: "delivered", reason: null });
  return plan(delivered, { at: sim.now + readAfterMs, kind: "read", messageId: message.id });
}

/** Moves a message to a status and tells its enrollment. */
function settle(
  sim: Simulation,
  messageId: string,
  { status, reason }: Pick<SimulatedMessage, "status" | "reason">,
): Simulation {
  const message = sim.messages.find(({ id }) => id === messageId);
  if (!message || message.visit === null) return sim;
  const told = tell(sim, message, { status, reason });
  if (status === "queued" || status === "received") return told;
  const heard = status === "skipped" ? "blocked" : status;
  return signalTo(told, message.enrollmentId, { kind: "status", visit: message.visit, status: heard, reason }).sim;
}

/** Writes a status, of which nobody hears. */
function tell(
  sim: Simulation,
  { id, nodeId, at }: SimulatedMessage,
  { status, reason }: Pick<SimulatedMessage, "status" | "reason">,
): Simulation {
  const changed = change(sim, id, { status, reason, at: status === "sent" ? sim.now : at });
  return log(changed, { kind: "status", messageId: id, nodeId, status, reason });
}

const change = (sim: Simulation, messageId: string, facts: Partial<SimulatedMessage>): Simulation => ({
  ...sim,
  messages: sim.messages.map((message) => (message.id === messageId ? { ...message, ...facts } : message)),
});

const zoneOf = ({ contact, workspaceTimezone }: Simulation): string => contact.timezone ?? workspaceTimezone;

function countForCap(sim: Simulation, message: SimulatedMessage): Simulation {
  if (!usesCap(factsFor(sim, message))) return sim;
  const day = capDay(sim.now, zoneOf(sim));
  return { ...sim, capUsed: { ...sim.capUsed, [day]: (sim.capUsed[day] ?? 0) + 1 } };
}

function factsFor(sim: Simulation, message: SimulatedMessage): Parameters<typeof decideSend>[0] {
  const { gate, now } = sim;
  const way = sim.enrollments.find(({ id }) => id === message.enrollmentId);
  const inbound = sim.messages.filter(({ direction }) => direction === "inbound");
  return {
    now,
    purpose: message.purpose ?? "service",
    category: templateOf(sim, message)?.category ?? null,
    zone: zoneOf(sim),
    consents: withEnds(gate.consents, gate.consentRules),
    consentExempt: gate.consentRules.exempt,
    suppressedReason: gate.suppressedReason,
    left: way ? leftEarly(way.state, message.at) : null,
    cap: capState(
      sim.capUsed,
      { perDay: capFor(gate.capPerDay, message.capPerDay), rolling: gate.rollingCap },
      capDay(now, zoneOf(sim)),
    ),
    quietHours: gate.quietHours,
    on: gate.on,
    sendingHours: message.sendingHours,
    collections: message.collects ? collectionsWeek(gate.collections, null, now, zoneOf(sim)) : null,
    expiresAt: message.expiresAt,
    spreadKey: sim.contact.id,
    kind: message.template === null ? "free" : "template",
    lastInboundAt: inbound.at(-1)?.at ?? null,
    templateStatus: templateStatus(sim, message),
    holdUntil: holdUntil(message, now),
    channelStatus: gate.channelStatus,
    hasAddress: true,
    missingVariables: message.missing,
    text: message.text,
  };
}

/** Counted from when it first had to wait. */
function holdUntil({ reason, until, templateHoldHours }: SimulatedMessage, now: number): number | null {
  if (reason === templateHeld && until !== null) return until;
  return templateHoldHours === null ? null : now + templateHoldHours * 3_600_000;
}

const templateOf = ({ catalog }: Simulation, { template }: SimulatedMessage) =>
  catalog.templates.find(({ name }) => name === template);

/** Nobody has refused them for good yet. */
const onTheirWay = new Set<TemplateStatus | null>(["draft", "in-review", "changes-requested", "submitted"]);

function templateStatus(sim: Simulation, message: SimulatedMessage): TemplateStatus | null {
  const { gate } = sim;
  if (message.template && sim.pausedTemplates.includes(message.template)) return "paused";
  const status =
    templateOf(sim, message)?.languages.find(({ language }) => language === message.language)?.status ?? null;
  return gate.assumesApproval && onTheirWay.has(status) ? "approved" : status;
}
