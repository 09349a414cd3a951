import type { Rule } from "../rule.ts";
import type { Catalog } from "../template.ts";
import type { Fix } from "./fix.ts";
import type { Known } from "./know.ts";
import { assume, type Knowledge } from "./knowledge.ts";
import { errorAt, type Problem, warningAt } from "./problem.ts";
import { type ReadStep, readable, type Steps } from "./steps.ts";
import { anything } from "./value-set.ts";
import type { Ways } from "./ways.ts";

type Around = { ways: Ways; known: Known; catalog: Catalog };

/** Branches that nobody can take, and steps that only they lead to. `ways` are those that are drawn, taken or not. */
export function findBranchProblems(steps: Steps, around: Around): Problem[] {
  const { ways, known } = around;
  return [...steps].flatMap(([nodeId, read]) => {
    if (!ways.isReached(nodeId)) return [];
    if (known.at(nodeId)) return branchProblems(nodeId, read, around);
    const isFirst = ways.all.some((way) => way.target === nodeId && known.at(way.source));
    return isFirst ? [warningAt("never-reached", { nodeId, route: ways.routeTo(nodeId) })] : [];
  });
}

function branchProblems(nodeId: string, read: ReadStep, { ways, known, catalog }: Around): Problem[] {
  const step = readable(read);
  const decision = step?.type.decides?.(step.config);
  if (!step || !decision) return [];
  const { branches, otherwise, field } = decision;
  const names = new Map(step.type.handles(step.config, catalog).map((handle) => [handle.id, handle.text ?? handle.id]));
  const at = { nodeId, field };
  const found = branches.flatMap(({ handle, rule }, index): Problem[] => {
    if (known.leavingBy(nodeId, handle)) return [];
    const fix: Fix | undefined = branches.length > 1 ? { kind: "remove-branch", nodeId, field, id: handle } : undefined;
    const place = { ...at, values: { branch: names.get(handle) ?? handle }, fix };
    const above = branches.slice(0, index).map((branch) => branch.rule);
    if (!canHold(rule, [], known)) return [errorAt("branch-contradicts-itself", place)];
    return [warningAt(canHold(rule, above, known) ? "branch-never" : "branch-hidden", place)];
  });
  const isOtherDrawn = ways.from(nodeId).some((way) => way.handle === otherwise);
  return isOtherDrawn && !known.leavingBy(nodeId, otherwise) ? [...found, warningAt("else-never", at)] : found;
}

/** Whether the rule can hold for anybody at all for whom those above it do not. */
function canHold(rule: Rule, above: readonly Rule[], { places }: Known): boolean {
  let known: Knowledge | null = places.all.map(() => anything);
  for (const other of above) known = known && assume(known, other, { isTrue: false, places });
  return known !== null && assume(known, rule, { isTrue: true, places }) !== null;
}
