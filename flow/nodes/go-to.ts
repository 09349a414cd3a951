import { z } from "zod";
import { defineNode } from "../define-node.ts";

const config = z.strictObject({ nodeId: z.string().min(1).max(64).meta({ field: "node", label: "goToStep" }) });

/** Leads back to another step; a loop must contain a wait. */
export const goTo = defineNode({
  type: "go-to",
  family: "logic",
  icon: "corner-up-left",
  config,
  initial: () => ({ nodeId: "" }),
  handles: () => [],
  summary: ({ nodeId }) => ["go-to.summary", { step: nodeId }],
  leadsTo: ({ nodeId }) => nodeId,
  enter: ({ nodeId }) => ({ detail: { goTo: nodeId }, move: { goTo: nodeId } }),
});
