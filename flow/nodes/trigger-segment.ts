import { z } from "zod";
import { defineNode } from "../define-node.ts";
import { always, Rule } from "../rule.ts";

const config = z.strictObject({
  segment: z.uuid().meta({ field: "segment", label: "segment" }),
  on: z.enum(["entered", "left"]).default("entered").meta({ field: "select", label: "on" }),
  /** Entry criteria beyond the segment's own rule. */
  rule: Rule.default(always).meta({ field: "rule", label: "entryCriteria" }),
});

/** Starts the flow when a person comes into a segment or leaves it. Who is in it when the flow goes live has not come in. */
export const triggerSegment = defineNode({
  type: "trigger-segment",
  family: "trigger",
  icon: "users-round",
  config,
  initial: () => ({ segment: "", on: "entered", rule: always }),
  handles: () => [{ id: "next", place: "main" }],
  summary: ({ segment, on }, catalog) => [
    `trigger-segment.summary.${on}`,
    { segment: segmentName(catalog.segments, segment) },
  ],
  problems: ({ segment }, { segments }) =>
    segments && !segments.some(({ id }) => id === segment) ? [{ rule: "unknown-segment", field: "segment" }] : [],
  opensOn: ({ segment, on, rule }) => ({
    event: `segment.${on}`,
    rule: { all: [{ path: "event.segmentId", op: "eq", value: segment }, rule] },
    by: { kind: "segment", segmentId: segment },
  }),
  enter: (_, { enrollment }) => ({ detail: { event: enrollment.event.name }, move: { leaveBy: "next" } }),
});

const segmentName = (segments: readonly { id: string; name: string }[] | undefined, segmentId: string): string =>
  segments?.find(({ id }) => id === segmentId)?.name ?? "?";
