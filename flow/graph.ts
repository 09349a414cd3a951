import { z } from "zod";
import { isDeeperThan } from "./depth.ts";
import { GoalValue } from "./goal-value.ts";
import { Rule, RulePath } from "./rule.ts";

/** Published limits (docs/limits.md). One past the edge is refused with a named problem. */
export const graphLimits = {
  nodes: 500,
  edges: 2000,
  /** The whole graph as JSON. */
  characters: 1_000_000,
  /** How deep the settings of a step may nest lists and objects. */
  depth: 32,
  waitDays: 365,
  stepsPerEnrollment: 1000,
  visitsPerNode: 20,
  notes: 200,
  noteCharacters: 2000,
  groups: 100,
} as const;

export const NodeId = z.string().min(1).max(64);

/** A node as React Flow stores it. `data` is permissive in a draft; each node type's own schema judges it. */
export const GraphNode = z.strictObject({
  id: NodeId,
  type: z.string().min(1).max(40),
  /** The maker's own name for the step; without one its type names it. */
  title: z.string().max(80).optional(),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  data: z
    .record(z.string(), z.unknown())
    .refine(
      (data) => !isDeeperThan(data, graphLimits.depth),
      `A step's settings nest at most ${graphLimits.depth} deep`,
    ),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.strictObject({
  id: NodeId,
  source: NodeId,
  sourceHandle: z.string().min(1).max(100),
  target: NodeId,
});
export type GraphEdge = z.infer<typeof GraphEdge>;

/** Colours of what is drawn around the steps; the screen has words for them. */
export const aidColours = ["amber", "blue", "green", "rose", "grey"] as const;
export const AidColour = z.enum(aidColours);
export type AidColour = z.infer<typeof AidColour>;

/** A remark on the canvas for whoever reads the flow. It does nothing. */
export const GraphNote = z.strictObject({
  id: NodeId,
  text: z.string().max(graphLimits.noteCharacters),
  colour: AidColour,
  /** The name of whoever wrote it, as it was then. */
  author: z.string().max(200),
  position: z.strictObject({ x: z.number(), y: z.number() }),
});
export type GraphNote = z.infer<typeof GraphNote>;

/** Steps that are shown and moved as one, under a name. A step is in one group at most. It changes nothing about how people go. */
export const GraphGroup = z.strictObject({
  id: NodeId,
  name: z.string().max(80),
  colour: AidColour,
  steps: z.array(NodeId).max(graphLimits.nodes),
  /** Drawn as one card. */
  isCollapsed: z.boolean().optional(),
});
export type GraphGroup = z.infer<typeof GraphGroup>;

/** The class of a flow's messages: it decides the lane, the consent needed, the cap, quiet hours and what happens to an unknown outcome. */
export const purposes = ["fraud", "transaction", "service", "marketing"] as const;
export const Purpose = z.enum(purposes);
export type Purpose = z.infer<typeof Purpose>;

export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time reads like 08:00");

export const FlowSettings = z.strictObject({
  purpose: Purpose.default("service"),
  /** Reaching the goal ends the enrollment and counts as its conversion when it comes within the window. */
  goal: z
    .strictObject({
      event: z.string().min(1).max(200),
      rule: Rule.optional(),
      windowHours: z.number().int().min(1).max(8760),
      /** What the event says that it was worth; absent: it says nothing of it. */
      value: GoalValue.optional(),
    })
    .nullable()
    .default(null),
  exitOn: z
    .array(z.strictObject({ event: z.string().min(1).max(200), rule: Rule.optional() }))
    .max(20)
    .default([]),
  reEntry: z
    .discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("never") }),
      z.strictObject({ mode: z.literal("after-exit") }),
      z.strictObject({ mode: z.literal("after-days"), days: z.number().int().min(1).max(365) }),
      z.strictObject({ mode: z.literal("every-event") }),
    ])
    .default({ mode: "after-exit" }),
  /** Path of the enrollment key (loan id, invoice id) in the entering event; null: one enrollment per person at a time. */
  enrollmentKey: RulePath.nullable().default(null),
  /**
   * People who get nothing of this flow, so that what it brings can be measured: the same ones at every entry, by a hash of their id
   * with a salt of the flow's own. Never of alerts (flow/holdout.ts).
   */
  holdout: z
    .strictObject({
      percent: z.number().int().min(1).max(50),
      salt: z.string().min(1).max(64),
    })
    .nullable()
    .default(null),
  /**
   * Lower than the workspace's cap: whoever has had so many messages of any flow on their day gets none of this one, which leaves
   * room for flows that matter more. Null: the workspace's cap alone. A larger number changes nothing.
   */
  capPerDay: z.number().int().min(1).max(50).nullable().default(null),
  /** The only hours messages may leave, in the person's zone (collections: 08:00 to 19:00); null: the workspace's quiet hours alone. */
  sendingHours: z.strictObject({ from: ClockTime, to: ClockTime }).nullable().default(null),
  /** Its messages chase a debt: they leave in the workspace's collections hours only, and in those of the person's country. */
  collects: z.boolean().default(false),
  /** A queued message older than this is dropped with the reason "expired". Null: never. */
  dropAfterMinutes: z.number().int().min(1).max(43_200).nullable().default(null),
  /** How long a message waits for its template when WhatsApp stops it, before the person leaves by "blocked". Null: at once. */
  templateHoldHours: z.number().int().min(1).max(720).nullable().default(null),
});
export type FlowSettings = z.infer<typeof FlowSettings>;

/** A flow's graph: the one truth of editor, store and engine. */
export const Graph = z
  .strictObject({
    schemaVersion: z.literal(1),
    nodes: z.array(GraphNode).max(graphLimits.nodes, `A flow has at most ${graphLimits.nodes} steps`),
    edges: z.array(GraphEdge).max(graphLimits.edges, `A flow has at most ${graphLimits.edges} edges`),
    notes: z.array(GraphNote).max(graphLimits.notes, `A flow has at most ${graphLimits.notes} notes`).optional(),
    groups: z.array(GraphGroup).max(graphLimits.groups, `A flow has at most ${graphLimits.groups} groups`).optional(),
    settings: FlowSettings,
  })
  .refine((graph) => JSON.stringify(graph).length <= graphLimits.characters, {
    error: "A flow holds at most 1,000,000 characters",
    // Not after another fault: settings too deep to be read are too deep to be written, too.
    when: ({ issues }) => issues.length === 0,
  });
export type Graph = z.infer<typeof Graph>;

export const emptyGraph = (): Graph => ({ schemaVersion: 1, nodes: [], edges: [], settings: FlowSettings.parse({}) });
