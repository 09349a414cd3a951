import { linesOf } from "./fault-line.ts";
import type { FaultResult } from "./run-fault.ts";

/** What a full run has to see before "nothing was lost" says anything. */
export const gate = { events: 100_000, seeds: 3 };

export type Totals = ReturnType<typeof totalsOf>;

export type RunVerdict = {
  holds: boolean;
  /** What the run says about the promises, and about itself. */
  sentences: string[];
};

/** Sums over all faults and seeds. Events are those that the door accepted and the ledger looked up. */
export function totalsOf(results: readonly FaultResult[]) {
  const lines = linesOf(results);
  const total = (name: "events" | "messages" | "lost" | "doubled" | "flagged" | "unknown" | "overCap" | "consent") =>
    lines.reduce((sum, line) => sum + line[name], 0);
  const ran = lines.filter(({ skipped }) => skipped === null);
  return {
    faults: ran.length,
    // Of the fault with the fewest: a seed that only some of the faults saw is no round of the gate.
    seeds: ran.length === 0 ? 0 : Math.min(...ran.map(({ seeds }) => seeds)),
    skipped: lines.filter(({ skipped }) => skipped !== null).map(({ id }) => id),
    events: total("events"),
    messages: total("messages"),
    lost: total("lost"),
    doubled: total("doubled"),
    flagged: total("flagged"),
    unknown: total("unknown"),
    overCap: total("overCap"),
    consent: total("consent"),
    runsPassed: results.filter(({ hasPassed, skipped }) => hasPassed && skipped === null).length,
    runsFailed: results.filter(({ hasPassed }) => !hasPassed).length,
    failed: lines.filter(({ failures }) => failures > 0).map(({ id }) => id),
  };
}

/**
 * Whether a run succeeded. A full one is the gate: every fault, at least three seeds, at least 100,000 events, and none lost, doubled in
 * silence, over a cap or against consent. Part of it can only say that its own promises held.
 */
export function judgeRun(results: readonly FaultResult[], { isFull }: { isFull: boolean }): RunVerdict {
  const totals = totalsOf(results);
  const held = totals.failed.length === 0;
  const promises = held ? "Every promise held." : `NOT HELD: ${totals.failed.join(", ")}.`;
  if (!isFull)
    return {
      holds: held,
      sentences: [
        promises,
        `This was part of it and is not the gate, which is every fault with ${gate.seeds} seeds: npm run faults`,
      ],
    };
  const broken = [...missingOf(totals), ...brokenOf(totals)];
  const seen = `${counted(totals.events)} events, ${totals.faults} faults, ${totals.seeds} seeds`;
  const skipped = totals.skipped.length > 0 ? ` Skipped: ${totals.skipped.join(", ")}.` : "";
  const verdict =
    held && broken.length === 0
      ? `The gate is passed (${seen}): nothing lost, doubled in silence, over a cap or against consent.`
      : `The gate is NOT passed (${seen})${broken.length > 0 ? `: ${broken.join("; ")}` : ""}.`;
  return { holds: held && broken.length === 0, sentences: [promises, verdict + skipped] };
}

const missingOf = ({ events, seeds }: Totals): string[] => [
  ...(events < gate.events ? [`it takes ${counted(gate.events)} events and saw ${counted(events)}`] : []),
  ...(seeds < gate.seeds ? [`it takes ${gate.seeds} seeds and saw ${seeds}`] : []),
];

const brokenOf = ({ lost, doubled, overCap, consent }: Totals): string[] =>
  Object.entries({ lost, "doubled in silence": doubled, "over the cap": overCap, "against consent": consent })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${counted(count)} ${what}`);

export const counted = (count: number): string => count.toLocaleString("en");
