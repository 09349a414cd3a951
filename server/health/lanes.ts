/** The four lanes of the outbox by number, the most urgent first, each with what it promises: a message that may leave has left by then. */
export const lanes = [
  { name: "fraud", promiseMs: 2_000 },
  { name: "transaction", promiseMs: 5_000 },
  { name: "service", promiseMs: 30_000 },
  { name: "marketing", promiseMs: 3_600_000 },
] as const;

export type LaneName = (typeof lanes)[number]["name"];
