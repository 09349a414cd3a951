import type { Allowances } from "../contract.ts";
import type { Facts } from "./facts.ts";
import { type Finding, findingOf } from "./finding.ts";

/** Resident memory a process may have, whatever was done to it. */
const mostBytes = 450 * 2 ** 20;
/**
 * Database sessions that may come beside those before the fault: the pools of two workers (13 each) and the door have shrunk where little
 * was done, and grow under load. Leaks go on growing.
 */
const moreSessions = 30;
/** And those of a worker that the fault itself has added. */
const sessionsOfWorker = 13;

/** I8: every step of a path was made by the version the enrollment is pinned to. */
export const pinned = ({ strayVersions }: Facts): Finding[] =>
  strayVersions === 0 ? [] : [findingOf("I8")("wrong", "trace", `${strayVersions} steps by another version`)];

/** I9: a workspace that nobody acted in is as it was. */
export const isolated = ({ neighbour }: Facts): Finding[] =>
  neighbour.before === neighbour.after ? [] : [findingOf("I9")("wrong", "neighbour", "another workspace was changed")];

/** I10: the audit chain is whole, and holds what was written to it. */
export function audited({ audit }: Facts): Finding[] {
  const find = findingOf("I10");
  if (audit.brokenAt !== null) return [find("wrong", String(audit.brokenAt), "the audit chain is broken here")];
  return audit.rows === audit.written ? [] : [find("lost", "audit", `${audit.rows} rows of ${audit.written} written`)];
}

/** I11: no log names a person. */
export const discreet = ({ leaks }: Facts): Finding[] =>
  leaks.map((leak) => findingOf("I11")("wrong", leak, "a person's name or number stands in a log"));

/** I12: processes live, keep their size and give back their sessions. */
export function healthy({ processes, sessions }: Facts, allows: Allowances): Finding[] {
  const find = findingOf("I12");
  const sick = processes.flatMap(({ name, crashes, bytesAfter }) => [
    ...(crashes > 0 && !allows.crashes ? [find("wrong", name, `died ${crashes} times by itself`)] : []),
    ...(bytesAfter > mostBytes ? [find("wrong", name, `grew to ${Math.round(bytesAfter / 2 ** 20)} MB`)] : []),
  ]);
  const isLeaking = sessions.after > sessions.before + moreSessions + (allows.moreWorkers ?? 0) * sessionsOfWorker;
  return isLeaking
    ? [...sick, find("wrong", "sessions", `${sessions.before} database sessions became ${sessions.after}`)]
    : sick;
}
