import { z } from "zod";
import { defineNode } from "../define-node.ts";

const attribute = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, "An attribute reads like creditScore");
const tag = z.string().min(1).max(60);

const Change = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("set"), attribute, value: z.union([z.string().max(500), z.number(), z.boolean()]) }),
  z.strictObject({ op: z.literal("unset"), attribute }),
  z.strictObject({ op: z.literal("increment"), attribute, by: z.number() }),
  z.strictObject({ op: z.literal("add-tag"), tag }),
  z.strictObject({ op: z.literal("remove-tag"), tag }),
]);

const config = z.strictObject({ changes: z.array(Change).min(1).max(20).meta({ field: "changes", label: "changes" }) });

/** Writes facts on the person; later steps of the same run already see them. */
export const updateContact = defineNode({
  type: "update-contact",
  family: "people",
  icon: "user-pen",
  config,
  initial: () => ({ changes: [{ op: "set", attribute: "status", value: "" }] }),
  handles: () => [{ id: "next", place: "main" }],
  summary: ({ changes }) => {
    const first = changes[0];
    return [
      "update-contact.summary",
      {
        // A hyphen cannot stand in a message's selector.
        op: (first?.op ?? "set").replace("-", "_"),
        what: first ? ("tag" in first ? first.tag : first.attribute) : "",
        count: changes.length,
      },
    ];
  },
  changes: ({ changes }) => changes,
  enter: ({ changes }, { visit, nodeId }) => ({
    effects: [{ kind: "update-contact", visit, nodeId, changes }],
    detail: { changes: changes.length },
    move: { leaveBy: "next" },
  }),
});
