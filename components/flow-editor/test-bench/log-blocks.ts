import type { LogEntry } from "#flow/simulation/simulation.ts";

/** Lines of the log that belong together: what one step did at one go, or one thing the person or the tester did. */
export type LogBlock = { key: string; at: number; nodeId: string | null; entries: LogEntry[] };

/**
 * Puts lines about the same step under one head. A message is judged when its action is through, so its checks come after the
 * next steps in the log; at the same moment they are still the send step's.
 */
export function logBlocks(log: readonly LogEntry[]): LogBlock[] {
  const blocks: LogBlock[] = [];
  for (const [index, entry] of log.entries()) {
    const home = homeOf(entry, blocks);
    if (home) home.entries.push(entry);
    else blocks.push({ key: `${index}`, at: entry.at, nodeId: nodeIdOf(entry), entries: [entry] });
  }
  return blocks;
}

const nodeIdOf = (entry: LogEntry): string | null => ("nodeId" in entry ? entry.nodeId : null);

function homeOf(entry: LogEntry, blocks: readonly LogBlock[]): LogBlock | undefined {
  const nodeId = nodeIdOf(entry);
  if (nodeId === null || (entry.kind === "step" && entry.outcome === "entered")) return undefined;
  const last = blocks.at(-1);
  if (last?.nodeId === nodeId) return last;
  const isAboutMessage = entry.kind === "gate" || entry.kind === "status";
  return isAboutMessage ? blocks.findLast((block) => block.nodeId === nodeId && block.at === entry.at) : undefined;
}
