import type { Allowances } from "../contract.ts";
import { agreement } from "./agreement.ts";
import { explained, progress } from "./explained.ts";
import type { Facts } from "./facts.ts";
import type { Finding, FindingKind } from "./finding.ts";
import { audited, discreet, healthy, isolated, pinned } from "./house.ts";
import { noLoss, noSilentDuplicate } from "./once.ts";
import { caps, gateAtSendTime } from "./policy.ts";
import { answered, paced, runsOnce } from "./steps.ts";

const inFlightMs = 1_000;

export type Verdict = {
  counts: Record<FindingKind, number>;
  /** What is not excused. Empty: the run has passed. */
  broken: Finding[];
};

/** All twelve invariants over what was read. Pure. */
export function judge(facts: Facts, allows: Allowances): Verdict {
  const findings = [
    ...noLoss(facts),
    ...runsOnce(facts),
    ...noSilentDuplicate(facts),
    ...agreement(facts),
    ...answered(facts),
    ...gateAtSendTime(facts, allows.inFlightMs ?? inFlightMs),
    ...caps(facts),
    ...paced(facts),
    ...progress(facts, allows),
    ...explained(facts, allows),
    ...pinned(facts),
    ...isolated(facts),
    ...audited(facts),
    ...discreet(facts),
    ...healthy(facts, allows),
  ];
  const counts = { lost: 0, doubled: 0, flagged: 0, unknown: 0, "over-cap": 0, consent: 0, wrong: 0 };
  for (const { kind } of findings) counts[kind] += 1;
  const isExcused: Partial<Record<FindingKind, boolean>> = {
    unknown: counts.unknown <= most(allows.unknown),
    flagged: counts.flagged <= most(allows.flaggedDuplicates),
  };
  return { counts, broken: findings.filter(({ kind }) => !isExcused[kind]) };
}

const most = (allowed: boolean | number | undefined): number =>
  allowed === true ? Number.POSITIVE_INFINITY : Number(allowed ?? 0);
