import type { LogEntry } from "#flow/simulation/simulation.ts";

/** Lines of the log that belong together: what one step did at one go, or one thing the person or the tester did. */
export type LogBlock = { key: string; at: number; nodeId: string | null; entries: LogEntry[] };

/** Puts consecutive lines about the same step under one head. */
export function logBlocks(log: readonly LogEntry[]): LogBlock[] {
  const blocks: LogBlock[] = [];
  for (const [index, entry] of log.entries()) {
    const nodeId = "nodeId" in entry ? entry.nodeId : null;
    const last = blocks.at(-1);
    const isNewVisit = entry.kind === "step" && entry.outcome === "entered";
    if (last && nodeId !== null && last.nodeId === nodeId && !isNewVisit) last.entries.push(entry);
    else blocks.push({ key: `${index}`, at: entry.at, nodeId, entries: [entry] });
  }
  return blocks;
}
