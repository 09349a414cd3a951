import type { Transaction } from "#db/client.ts";
import { type CaseDifference, runCase } from "#flow/flow-case.ts";
import { DomainError } from "#server/errors.ts";
import { findPolicy } from "../settings/read-policy.ts";
import type { FlowRow } from "./find-flow.ts";
import { readCases } from "./list-cases.ts";
import { readCatalog } from "./read-catalog.ts";

/** A test case that came out otherwise. */
export type FailedCase = { id: string; name: string; differences: CaseDifference[] };

/**
 * Plays the flow's test cases over its draft. Refused with the rule "cases-fail" when one comes out otherwise: `detail.cases` names
 * each with what was expected and what came out.
 */
export async function assertCasesPass(tx: Transaction, stored: FlowRow): Promise<void> {
  const cases = await readCases(tx, stored.id);
  if (cases.length === 0) return;
  const catalog = await readCatalog(tx, stored.workspaceId);
  const { policy, timezone } = await findPolicy(tx, stored.workspaceId);
  const world = { graph: stored.draft, catalog, workspaceTimezone: timezone, policy };
  const failed = cases.flatMap((one): FailedCase[] => {
    const { passes, differences } = runCase(one, world);
    return passes ? [] : [{ id: one.id, name: one.name, differences }];
  });
  if (failed.length === 0) return;
  const names = failed.map(({ name }) => name).join(", ");
  throw new DomainError(
    "refused",
    `${failed.length} of ${cases.length} test cases of ${stored.name} ${failed.length === 1 ? "fails" : "fail"}: ${names}.`,
    { rule: "cases-fail", cases: failed },
  );
}
