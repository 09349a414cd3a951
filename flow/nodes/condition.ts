import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { evaluateRule } from "../evaluate-rule.ts";
import { factsOf } from "../facts.ts";
import { Rule } from "../rule.ts";

const Branch = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(60),
  rule: Rule,
});

const config = z.strictObject({
  branches: z.array(Branch).min(1).max(10).meta({ field: "branches", label: "branches" }),
});

/** Ranked branches: the first whose rule holds is taken, else "else". */
export const condition = defineNode({
  type: "condition",
  family: "logic",
  icon: "split",
  config,
  initial: () => ({ branches: [{ id: "yes", name: "Yes", rule: { all: [] } }] }),
  handles: ({ branches }) => [
    ...branches.map((branch) => ({ id: branch.id, place: "outcome" as const, text: branch.name })),
    { id: "else", place: "outcome", label: ["condition.else"] },
  ],
  summary: ({ branches }) => ["condition.summary", { count: branches.length, first: branches[0]?.name ?? "" }],
  problems: ({ branches }) =>
    new Set([...branches.map((branch) => branch.id), "else"]).size === branches.length + 1
      ? []
      : [{ rule: "branch-ids-differ", field: "branches" }],
  decides: ({ branches }) => ({
    branches: branches.map(({ id, rule }) => ({ handle: id, rule })),
    otherwise: "else",
    field: "branches",
  }),
  enter: ({ branches }, context) => {
    const facts = factsOf(context);
    const taken = branches.find((branch) => evaluateRule(branch.rule, facts));
    return { detail: { branch: taken?.name ?? null }, move: { leaveBy: taken?.id ?? "else" } };
  },
});
