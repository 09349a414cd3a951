import type { z } from "zod";
import type { ContactChange, ContactFacts } from "./contact.ts";
import type { Effect } from "./effect.ts";
import type { EndReason, EnrollmentState, Wait } from "./enrollment.ts";
import type { Assigning, Standings } from "./experiment.ts";
import type { MessageText } from "./free-message.ts";
import type { FlowSettings } from "./graph.ts";
import type { JsonObject } from "./json.ts";
import type { Opening } from "./opening.ts";
import type { Rule } from "./rule.ts";
import type { Signal } from "./signal.ts";
import type { Catalog, ChargedAs } from "./template.ts";
import type { Pace } from "./turns.ts";

/** Palette groups and colours of a step. */
export const families = ["trigger", "logic", "message", "people", "integration", "end"] as const;
export type Family = (typeof families)[number];

/** A text on screen: a message key under `nodes.` and its values. Keeps node files free of language. */
export type Label = readonly [key: string, values?: Record<string, string | number>];

/**
 * One way out of a step. `main` leaves at the bottom, `outcome` is a cell along the bottom edge, `reply` is a row at the right
 * (a button of the message), `quiet` is hidden until the card is hovered or connected (failed, blocked, read ...).
 * `text` is shown as it is (a button's own words, an arm's name); `label` is translated.
 */
export type Handle = {
  id: string;
  place: "main" | "outcome" | "reply" | "quiet";
  text?: string;
  label?: Label;
  /** Only an act of the person leads out here (a tap, an answer), so a loop through it cannot run away. */
  byPerson?: true;
  /** Only who stands on the step leaves by it; without it a way beside the main one of a step that recalls may be taken long after. */
  whileHere?: true;
};

/** How long people stay in a step, in milliseconds: never less, never more (Infinity: nobody knows). */
export type Stay = { least: number; most: number };

/** A value that a step cannot do without: where it is read from, and the field and the words in which it is asked for. */
export type NeededValue = { path: string; field: string; name: string };

/** `rule` is the key of the finding's text under `problems.`; `field` is the path of the field to focus. */
export type NodeProblem = {
  rule: string;
  field?: string;
  severity?: "error" | "warning";
  values?: Record<string, string | number>;
  /** What would put it right. */
  mend?: Mend;
};

/** Changed settings of the step, or of the flow. */
export type Mend = { data: Record<string, unknown> } | { settings: Partial<FlowSettings> };

/** What a step may look at. Time and randomness are values; `contact` already carries the changes of earlier steps of this run. */
export type StepContext = {
  nodeId: string;
  visit: number;
  now: number;
  contact: ContactFacts;
  enrollment: EnrollmentState;
  settings: FlowSettings;
  /** IANA zone used when the contact has none. */
  workspaceTimezone: string;
  /** How the experiments of the flow stand for this person. */
  experiments: Standings;
  /** True when an edge starts at this handle. */
  isConnected: (handle: string) => boolean;
  /** True when an edge starts anywhere at this step. */
  hasWayOut: boolean;
};

/** What a step says: things to do, facts for the trace, values to remember, and where the person goes. */
export type StepResult = {
  effects?: Effect[];
  detail?: JsonObject;
  values?: JsonObject;
  move: { leaveBy: string } | { wait: Wait } | { goTo: string } | { end: EndReason; note?: string };
};

/**
 * A node type, whole: schema, looks, form and behaviour. It performs nothing; it returns what it wants.
 * Form fields are read from `config`: each property's `.meta({ field: "<widget>", label: "<key>" })` names its widget.
 */
export type NodeType<Config = unknown> = {
  type: string;
  family: Family;
  /** A lucide icon name, kebab-case. */
  icon: string;
  config: z.ZodType<Config>;
  /** What a new step on the canvas starts with; may be incomplete in a draft. `stepId` makes names that no other step has. */
  initial: (stepId?: string) => Record<string, unknown>;
  handles(config: Config, catalog: Catalog): Handle[];
  summary(config: Config, catalog: Catalog): Label;
  /** Findings that the schema cannot express. Called only when `config` parses. */
  problems?(config: Config, catalog: Catalog, settings: FlowSettings): NodeProblem[];
  /** The message it sends, in all its languages; null while there is none to show. */
  message?(config: Config, catalog: Catalog): MessageText | null;
  /** Triggers only: the event that starts the flow, who may enter by it, and what makes that event where no other system does. */
  opensOn?(config: Config): Opening;
  /** True when the step always stops the run for a while: what a loop needs. */
  waits?(config: Config): boolean;
  /** True when the automation rests while the person stands here (an agent is talking): earlier buttons lead nowhere then. */
  pauses?: boolean;
  /** True when reaching the step is a conversion. */
  isGoal?: boolean;
  /** The node that "go to" leads to: an edge that is not drawn. */
  leadsTo?(config: Config): string;
  /** The other flow that it runs. */
  starts?(config: Config): string;
  /** How many people it lets on in which time. */
  paces?(config: Config): Pace;
  /** How long people stay who leave by this handle. Without it: not at all where the step receives nothing, else nobody knows. */
  stays?(config: Config, handle: string): Stay;
  /** Ranked rules: who fits none before and this one leaves by its handle; who fits none at all leaves by `otherwise`. */
  decides?(config: Config): { branches: { handle: string; rule: Rule }[]; otherwise: string; field: string };
  /** Names under "enrollment." that hold a value for who leaves by this handle, when the other side keeps its word. */
  keeps?(config: Config, handle: string): string[];
  /** Values without which what the step does does not happen, since nothing stands in for them. */
  needs?(config: Config, catalog: Catalog): NeededValue[];
  /** Steps that send people by chance: the experiment that each of them is a part of. */
  assigns?(config: Config): Assigning;
  /** Messages only: every value that is written into them. */
  shows?(config: Config): NeededValue[];
  /** Messages only: the name of the template that is sent. */
  template?(config: Config): string;
  /** Messages only: as what one is charged (null: nobody can tell yet). */
  chargedAs?(config: Config, catalog: Catalog): ChargedAs | null;
  /** Messages that may only be sent within 24 hours of the person's last one: the handle by which people leave when it is too late. */
  needsWindow?: string;
  /** Triggers only: the person has just written. */
  opensWindow?: boolean;
  /** What the step writes on the person, known from its settings alone: with it a profile can be told as it once was. */
  changes?(config: Config): ContactChange[];
  enter(config: Config, context: StepContext): StepResult;
  /** A signal for the step the person stands on; null: not what it waits for, stay. */
  receive?(config: Config, signal: Signal, context: StepContext): StepResult | null;
  /** A signal about an earlier sent step (a tapped button, a failed message): the handle to leave by, or null. */
  recall?(config: Config, signal: Signal, context: StepContext): string | null;
};

/**
 * Keeps the config's type inside the file and hands the registry one uniform shape. The members of NodeType are methods, so
 * that the typed node is assignable to the erased one: callers parse with `config` before they call anything else.
 */
export function defineNode<Config>(node: NodeType<Config>): NodeType {
  return node;
}
