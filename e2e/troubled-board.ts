import type { Board } from "#server/health/read-board.ts";
import { newId } from "#server/id.ts";

const at = new Date();
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const course = (height: number) => Array.from({ length: 60 }, (_, index) => height * (1 + Math.sin(index / 4) / 2));

const lane = (
  name: Board["lanes"][number]["name"],
  rest: Pick<Board["lanes"][number], "promiseMs" | "waiting" | "oldestMs" | "slowestMs" | "state">,
) => ({ name, perSecond: 12.4, backlog: course(rest.waiting), ...rest });

const letters = (
  flowName: string | null,
  causeKind: Board["deadLetters"]["groups"][number]["causeKind"],
  cause: string,
) => ({
  flowId: flowName ? newId() : null,
  flowName,
  nodeType: flowName ? "send" : null,
  template: flowName ? "statement_ready_with_a_long_name" : null,
  kind: "event",
  eventName: "customer.updated",
  cause,
  causeKind,
  items: 1204,
  firstAt: minutesAgo(90),
  lastAt: minutesAgo(3),
  letterIds: [newId()],
});

const channel = { provider: "meta-cloud", statusReason: null, restUntil: null, failures: 0, isSending: false } as const;
const worker = {
  host: "box-a",
  startedAt: minutesAgo(600),
  takenOverByName: null,
  takenOverAt: null,
  takenOverAfterMs: null,
};
const alive = { leaseLeftMs: 21_000, claimed: 512, enrollmentsPerSecond: 1204, memoryBytes: 190 * 2 ** 20 };
const gone = { leaseLeftMs: -40_000, claimed: 0, enrollmentsPerSecond: 0, memoryBytes: 0 };
const unknown = { flowId: newId(), flowName: "Payment reminder with quite a long name", lane: "marketing" } as const;

/** Every state of every panel at once. */
export const troubledBoard: Board = {
  alerts: [
    { kind: "lane-late", weight: "danger", lane: "fraud", worstMs: 9_000, promiseMs: 2_000 },
    { kind: "channel-paused", weight: "danger", phone: "+57 601 000 0188" },
    { kind: "worker-lost", weight: "warning", name: "worker-4", heir: "worker-3", afterMs: 9_000 },
    { kind: "lane-near", weight: "warning", lane: "transaction", worstMs: 4_300, promiseMs: 5_000 },
    { kind: "unknown-outcomes", weight: "warning", items: 5 },
    { kind: "dead-letters", weight: "warning", items: 3612 },
    { kind: "channel-resting", weight: "warning", phone: "+91 80000 00017" },
    { kind: "channel-people", weight: "warning", phone: "+57 601 000 0188", share: 0.891 },
    { kind: "failed-calls", weight: "warning", items: 6 },
    { kind: "unread-webhooks", weight: "warning", items: 2 },
    { kind: "connections", weight: "warning", share: 0.9 },
    { kind: "old-transaction", weight: "warning", ageMs: 900_000 },
  ],
  hold: null,
  lanes: [
    lane("fraud", { promiseMs: 2_000, waiting: 41, oldestMs: 9_000, slowestMs: 8_100, state: "late" }),
    lane("transaction", { promiseMs: 5_000, waiting: 12, oldestMs: 400, slowestMs: 4_300, state: "near" }),
    lane("service", { promiseMs: 30_000, waiting: 0, oldestMs: null, slowestMs: null, state: "on-time" }),
    lane("marketing", { promiseMs: 3_600_000, waiting: 48_216, oldestMs: 840_000, slowestMs: 960_000, state: "held" }),
  ],
  throughput: {
    from: minutesAgo(60),
    series: (["fraud", "transaction", "service", "marketing"] as const).map((name, index) => ({
      lane: name,
      perSecond: course([4, 38, 22, 78][index] ?? 0),
    })),
  },
  unknowns: {
    total: 57,
    rows: [
      { ...unknown, id: newId(), cause: "timed-out", ageMs: 240_000, isResent: false, leftMs: 40_000 },
      { ...unknown, id: newId(), cause: "cut", ageMs: 38_000, isResent: true, leftMs: 22_000 },
      { ...unknown, id: newId(), cause: "server-error", ageMs: 38_000, isResent: true, leftMs: 0 },
      { ...unknown, id: newId(), cause: "worker-lost", ageMs: 38_000, isResent: false, leftMs: 0 },
      {
        ...unknown,
        id: newId(),
        flowId: null,
        flowName: null,
        cause: "other",
        ageMs: 9_400,
        isResent: false,
        leftMs: 50_600,
      },
    ],
  },
  deadLetters: {
    total: 3612,
    groups: [
      letters("KYC reminder", "step", "Cannot convert undefined or null to object"),
      letters(null, "value", "unsupported Unicode escape sequence (22P05)"),
      letters("Statement ready", null, `Something nobody has thought of: ${"word ".repeat(30)}`),
    ],
  },
  channels: [
    {
      ...channel,
      id: newId(),
      name: "Main",
      phone: "+225 07 00 00 41",
      status: "connected",
      messagesPerSecond: 50,
      peopleUsed: 61_204,
      peoplePerDay: 100_000,
      isSending: true,
    },
    {
      ...channel,
      id: newId(),
      name: "Colombia",
      phone: "+57 601 000 0188",
      status: "paused",
      statusReason: "Error validating access token: the session has expired.",
      messagesPerSecond: 80,
      peopleUsed: 8_913,
      peoplePerDay: 10_000,
    },
    {
      ...channel,
      id: newId(),
      name: "India",
      phone: "+91 80000 00017",
      status: "connected",
      restUntil: new Date(at.getTime() + 30_000),
      messagesPerSecond: 20,
      peopleUsed: null,
      peoplePerDay: null,
    },
  ],
  leftOvers: {
    orphans: { items: 14, lastAt: minutesAgo(30) },
    unread: { items: 2, lastAt: minutesAgo(200) },
    failedCalls: [
      {
        flowId: newId(),
        flowName: "KYC reminder",
        cause: "HTTP 500",
        items: 6,
        lastAt: minutesAgo(8),
      },
    ],
  },
  installation: {
    workers: [
      { ...worker, ...alive, id: newId(), name: "worker-1", state: "working" },
      { ...worker, ...alive, id: newId(), name: "worker-2", state: "stopping" },
      {
        ...worker,
        ...gone,
        id: newId(),
        name: "worker-4",
        state: "lost",
        takenOverByName: "worker-3",
        takenOverAt: at,
        takenOverAfterMs: 9_000,
      },
      { ...worker, ...gone, id: newId(), name: "worker-5", state: "working" },
    ],
    database: {
      bytes: 41 * 2 ** 30,
      connections: 180,
      maxConnections: 200,
      oldestTransactionMs: 900_000,
      mayChangeAudit: true,
      tables: [
        { name: "event", bytes: 21 * 2 ** 30, rows: 180_400_000, deadRows: 90_000_000 },
        { name: "message", bytes: 9.4 * 2 ** 20, rows: 48_000, deadRows: 12 },
      ],
    },
  },
};
