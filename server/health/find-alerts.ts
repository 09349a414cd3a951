import type { LaneName } from "./lanes.ts";
import type { ChannelRow } from "./read-channels.ts";
import type { DatabaseFacts } from "./read-database.ts";
import type { Lane } from "./read-lanes.ts";
import type { WorkerRow } from "./read-workers.ts";

/** Something a person should look at. Its words on screen: `health.alerts.<kind>`. */
export type Alert =
  | { kind: "sending-held"; weight: "danger" }
  | {
      kind: "lane-late" | "lane-near";
      weight: "danger" | "warning";
      lane: LaneName;
      worstMs: number;
      promiseMs: number;
    }
  | { kind: "no-worker"; weight: "danger" }
  | { kind: "worker-lost"; weight: "warning"; name: string; heir: string | null; afterMs: number | null }
  | { kind: "unknown-outcomes" | "dead-letters" | "failed-calls" | "unread-webhooks"; weight: "warning"; items: number }
  | { kind: "channel-paused" | "channel-resting"; weight: "danger" | "warning"; phone: string }
  | { kind: "channel-rate" | "channel-people"; weight: "warning"; phone: string; share: number }
  | { kind: "connections"; weight: "warning"; share: number }
  | { kind: "old-transaction"; weight: "warning"; ageMs: number };

export type HealthFacts = {
  isHeld: boolean;
  lanes: Lane[];
  unknowns: number;
  deadLetters: number;
  failedCalls: number;
  unreadWebhooks: number;
  channels: ChannelRow[];
  /** Messages each second, over all lanes. */
  perSecond: number;
  /** Null for people who do not see the installation. */
  workers: WorkerRow[] | null;
  database: DatabaseFacts | null;
};

/** From this share of a limit on, somebody should know. */
const nearShare = 0.85;
const oldTransactionMs = 5 * 60_000;

/** What to look at, the worst first. Pure. */
export function findAlerts(facts: HealthFacts): Alert[] {
  const alerts = [
    ...(facts.isHeld ? [{ kind: "sending-held", weight: "danger" } as const] : []),
    ...facts.lanes.flatMap(ofLane),
    ...ofWorkers(facts.workers),
    ...counted("unknown-outcomes", facts.unknowns),
    ...counted("dead-letters", facts.deadLetters),
    ...facts.channels.flatMap((channel) => ofChannel(channel, facts.perSecond)),
    ...counted("failed-calls", facts.failedCalls),
    ...counted("unread-webhooks", facts.unreadWebhooks),
    ...ofDatabase(facts.database),
  ];
  return alerts.toSorted((a, b) => Number(b.weight === "danger") - Number(a.weight === "danger"));
}

const counted = (
  kind: "unknown-outcomes" | "dead-letters" | "failed-calls" | "unread-webhooks",
  items: number,
): Alert[] => (items > 0 ? [{ kind, weight: "warning", items }] : []);

function ofLane({ name, state, oldestMs, slowestMs, promiseMs }: Lane): Alert[] {
  if (state === "on-time" || state === "held") return [];
  const worstMs = Math.max(oldestMs ?? 0, slowestMs ?? 0);
  return state === "late"
    ? [{ kind: "lane-late", weight: "danger", lane: name, worstMs, promiseMs }]
    : [{ kind: "lane-near", weight: "warning", lane: name, worstMs, promiseMs }];
}

function ofWorkers(workers: WorkerRow[] | null): Alert[] {
  if (workers === null) return [];
  const lost = workers.filter(isLost).map(
    ({ name, takenOverByName, takenOverAfterMs }): Alert => ({
      kind: "worker-lost",
      weight: "warning",
      name,
      heir: takenOverByName,
      afterMs: takenOverAfterMs,
    }),
  );
  return workers.some((worker) => !isLost(worker)) ? lost : [{ kind: "no-worker", weight: "danger" }, ...lost];
}

/** Also a worker whose lease is over although nobody has taken over yet. */
export const isLost = ({ state, leaseLeftMs }: WorkerRow): boolean => state === "lost" || leaseLeftMs <= 0;

function ofChannel(channel: ChannelRow, perSecond: number): Alert[] {
  const { phone, status, restUntil, messagesPerSecond, isSending, peopleUsed, peoplePerDay } = channel;
  if (status === "paused") return [{ kind: "channel-paused", weight: "danger", phone }];
  const alerts: Alert[] = restUntil ? [{ kind: "channel-resting", weight: "warning", phone }] : [];
  const rate = isSending ? perSecond / Math.max(1, messagesPerSecond) : 0;
  if (rate >= nearShare) alerts.push({ kind: "channel-rate", weight: "warning", phone, share: rate });
  const people = peoplePerDay ? (peopleUsed ?? 0) / peoplePerDay : 0;
  if (people >= nearShare) alerts.push({ kind: "channel-people", weight: "warning", phone, share: people });
  return alerts;
}

function ofDatabase(database: DatabaseFacts | null): Alert[] {
  if (database === null) return [];
  const share = database.connections / Math.max(1, database.maxConnections);
  const alerts: Alert[] = share >= nearShare ? [{ kind: "connections", weight: "warning", share }] : [];
  return database.oldestTransactionMs > oldTransactionMs
    ? [...alerts, { kind: "old-transaction", weight: "warning", ageMs: database.oldestTransactionMs }]
    : alerts;
}
