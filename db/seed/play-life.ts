import { advance, enroll } from "#flow/advance.ts";
import type { ContactFacts } from "#flow/contact.ts";
import type { Effect } from "#flow/effect.ts";
import type { EnrollmentState, TraceRow } from "#flow/enrollment.ts";
import type { Purpose } from "#flow/graph.ts";
import type { FlowEvent, Signal } from "#flow/signal.ts";
import type { RunningFlow } from "./seed-flows.ts";

const minuteMs = 60_000;

/** One person's way through a flow, as the engine would have stored it. */
export type Life = {
  enrollment: EnrollmentState;
  trace: TraceRow[];
  sends: Sent[];
  taps: { visit: number; buttonId: string; text: string; at: number }[];
  handOffs: (Extract<Effect, { kind: "hand-off" }> & { at: number; resolvedAt: number | null })[];
  /** The arms of experiments the person came into. */
  assigned: { experiment: string; arm: string; at: number }[];
  /** Links they followed. */
  clicks?: { visit: number; slot: string; at: number }[];
  /** What they answered when asked how it was, by the visit that asked. */
  score?: { visit: number; value: number } | null;
  goalEvent: FlowEvent | null;
  /** Visits whose message failed or was blocked, and the flow was told so. */
  told: Set<number>;
};

export type Sent = Extract<Effect, { kind: "send" }> & {
  at: number;
  fate: Fate;
  /** After it was sent; where they are not given, moments as a fast network has them. */
  deliveredMs?: number;
  readMs?: number;
  /** Of the person, by then. */
  lastInboundAt?: number | null;
};
type Fate = "read" | "delivered" | "failed" | "blocked";

export type LifeWish = {
  running: RunningFlow;
  contact: ContactFacts;
  event: FlowEvent;
  key: string | null;
  timezone: string;
  /** Nothing happens after it: who still waits then is left waiting. */
  until: number;
  random: () => number;
  /** Whether the gate lets a message of this purpose to this person leave. */
  mayReceive: (purpose: Purpose) => boolean;
  /** Ids and words of the quick replies a template offers this person. */
  quickReplies: (template: string) => { id: string; text: string }[];
};

/**
 * Plays a life with the pure core itself, so that a seeded enrollment is one the engine understands: it can wake it, count it and
 * show its path. Only what people and providers do is invented, by `random`.
 */
export function playLife(wish: LifeWish): Life {
  const { running, contact, event, key, timezone, until, random } = wish;
  const world = { flow: running.compiled, contact, workspaceTimezone: timezone };
  const first = enroll({ ...world, now: event.at, event, key });
  const life: Life = {
    enrollment: first.enrollment,
    trace: first.trace,
    sends: [],
    taps: [],
    handOffs: [],
    assigned: [],
    goalEvent: null,
    told: new Set(),
  };
  let now = event.at;
  take(life, first.effects, { now, wish });
  for (let turn = 0; turn < 12 && life.enrollment.status === "waiting"; turn++) {
    const next = orTimer(life, nextSignal(life, { now, random, wish }));
    if (!next || next.at > until) break;
    now = next.at;
    const step = advance({ ...world, enrollment: life.enrollment, signal: next.signal, now });
    life.enrollment = step.enrollment;
    life.trace.push(...step.trace);
    remember(life, next.signal, now);
    take(life, step.effects, { now, wish });
  }
  return life;
}

function take(life: Life, effects: Effect[], { now, wish }: { now: number; wish: LifeWish }): void {
  for (const effect of effects) {
    if (effect.kind === "send") life.sends.push({ ...effect, at: now, fate: fateOf(wish, effect.purpose) });
    if (effect.kind === "assign") life.assigned.push({ experiment: effect.experiment, arm: effect.arm, at: now });
    if (effect.kind === "hand-off") {
      const resolvedAt = Math.round(now + (20 + wish.random() * 300) * minuteMs);
      // Yesterday's are dealt with; what came in the last hours is still open.
      life.handOffs.push({
        ...effect,
        at: now,
        resolvedAt: resolvedAt < wish.until - 10 * 3_600_000 ? resolvedAt : null,
      });
    }
  }
}

function fateOf({ mayReceive, random }: LifeWish, purpose: Purpose): Fate {
  if (!mayReceive(purpose)) return "blocked";
  const chance = random();
  // Alerts about one's own money are read; reminders less so.
  const readShare = purpose === "fraud" ? 0.9 : 0.68;
  return chance < readShare ? "read" : chance < 0.97 ? "delivered" : "failed";
}

type Next = { signal: Signal; at: number };

/** What happens next to somebody who waits: a tap, the goal, an agent's answer, a webhook's answer, or only time. */
function nextSignal(
  life: Life,
  { now, random, wish }: { now: number; random: () => number; wish: LifeWish },
): Next | null {
  const { visit, nodeId } = life.enrollment;
  const type = wish.running.compiled.nodes.get(nodeId ?? "")?.node?.type;
  if (type === "webhook") return { signal: { kind: "webhook", visit, ok: true, values: {} }, at: now + 400 };
  if (type === "hand-off") {
    const open = life.handOffs.at(-1);
    return open?.resolvedAt ? { signal: { kind: "hand-off", visit, outcome: "resolved" }, at: open.resolvedAt } : null;
  }
  const sent = life.sends.at(-1);
  if (sent && (sent.fate === "failed" || sent.fate === "blocked") && !life.told.has(sent.visit)) {
    return { signal: { kind: "status", visit: sent.visit, status: sent.fate, reason: null }, at: sent.at + 2_000 };
  }
  const minutes = sent?.purpose === "fraud" ? 0.5 + random() * 5 : 3 + random() * 240;
  const soon = Math.round(now + minutes * minuteMs);
  const chance = random();
  const tap = sent?.fate === "read" ? tapOf(life, sent, { random, wish }) : null;
  if (tap && chance < (sent?.purpose === "fraud" ? 0.9 : 0.3))
    return { signal: { kind: "button", buttonId: tap.id, text: tap.text, visit: sent?.visit ?? null }, at: soon };
  const goal = wish.running.compiled.settings.goal;
  if (goal && !life.goalEvent && sent?.fate !== "blocked" && chance < 0.62) {
    const at = Math.round(soon + random() * 600 * minuteMs);
    // What was offered or due is what is taken or paid.
    const { amount, currency } = wish.event.properties;
    const properties = { ...(amount !== undefined && { amount }), ...(currency !== undefined && { currency }) };
    return { signal: { kind: "event", event: { id: `${wish.event.id}:goal`, name: goal.event, properties, at } }, at };
  }
  return null;
}

/** Time does not wait for what would happen later. */
function orTimer({ enrollment }: Life, next: Next | null): Next | null {
  const wakeAt = enrollment.wait?.wakeAt ?? null;
  return wakeAt !== null && (!next || next.at > wakeAt) ? { signal: { kind: "timer" }, at: wakeAt } : next;
}

function tapOf(life: Life, sent: Sent, { random, wish }: { random: () => number; wish: LifeWish }) {
  if (life.taps.some((tap) => tap.visit === sent.visit)) return null;
  const buttons = wish.quickReplies(sent.template ?? "");
  // The first button is the usual answer.
  return buttons[Math.floor(random() ** 2 * buttons.length)] ?? null;
}

function remember(life: Life, signal: Signal, at: number): void {
  if (signal.kind === "button" && signal.visit !== null)
    life.taps.push({ visit: signal.visit, buttonId: signal.buttonId, text: signal.text, at });
  if (signal.kind === "status") life.told.add(signal.visit);
  if (signal.kind === "event") life.goalEvent = signal.event;
}
