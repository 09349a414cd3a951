/**
 * What one message is counted as, each at most once: `made` by a step, and then what became of it. `skipped` was held back by us,
 * `failed` refused by the provider, and `limited` is that part of failed which WhatsApp's own cap for marketing refused (131049).
 * `read` is a lower bound: people may hide that they read, so a click or an answer counts as read, too. `conversed` is a conversation
 * that a person began, `automated` one of those that no agent had to take over. `valued` is a converted one whose goal told an amount,
 * `unpriced` one that arrived and whose price nobody knows.
 */
export const measures = [
  "made",
  "sent",
  "delivered",
  "read",
  "clicked",
  "replied",
  "tapped",
  "acted",
  "converted",
  "optedOut",
  "failed",
  "limited",
  "skipped",
  "rated",
  "satisfied",
  "conversed",
  "automated",
  "valued",
  "unpriced",
] as const;
export type Measure = (typeof measures)[number];

/**
 * rate: a share of its denominator, each of which counts once. ratio: two sums, of which one is not a part of the other. money: a sum in
 * one currency, never over several.
 */
export type MetricKind = "rate" | "ratio" | "money";

export type Metric = {
  kind: MetricKind;
  numerator: Measure | "cost" | "value";
  /**
   * On the dashboard, where messages are counted. An experiment counts people, and divides every rate by the people it assigned: what
   * happens after the assignment would not compare like with like.
   */
  denominator: Measure | null;
  /** What happens later than this after the message (in an experiment: after the assignment) does not count; null: it has no window. */
  windowHours: number | null;
  /** Which way is good; neither: more is no better than less. */
  better: "higher" | "lower" | "neither";
  /** What an experiment may use it as. descriptive: it is shown and decides nothing. */
  role: "primary" | "secondary" | "guardrail" | "descriptive";
  /** Whether the messages themselves tell it. Of the time before an experiment those of every flow do: its own had sent none. */
  isOfMessages: boolean;
};

/**
 * All numbers that screens, reports and experiments speak of, by the id that names them everywhere (their words are below
 * `dashboard.metrics` and `experiments.metrics`). Windows: 72 hours for clicks and answers, 7 days for conversions and opt-outs.
 */
export const metrics = {
  sent: rate("sent", "made", { isOfMessages: true, role: "descriptive", better: "neither" }),
  delivered: rate("delivered", "sent", { isOfMessages: true, role: "guardrail", better: "higher" }),
  read: rate("read", "sent", { isOfMessages: true, role: "descriptive", better: "higher" }),
  click: rate("clicked", "sent", { isOfMessages: true, role: "primary", better: "higher", windowHours: 72 }),
  reply: rate("replied", "sent", { isOfMessages: true, role: "primary", better: "higher", windowHours: 72 }),
  button: rate("tapped", "sent", { isOfMessages: true, role: "secondary", better: "higher", windowHours: 72 }),
  conversion: rate("converted", "sent", { role: "primary", better: "higher", windowHours: 168 }),
  "opt-out": rate("optedOut", "sent", { role: "guardrail", better: "lower", windowHours: 168 }),
  failed: rate("failed", "made", { isOfMessages: true, role: "guardrail", better: "lower" }),
  limited: rate("limited", "made", { isOfMessages: true, role: "guardrail", better: "lower" }),
  skipped: rate("skipped", "made", { isOfMessages: true, role: "descriptive", better: "neither" }),
  csat: rate("satisfied", "rated", { role: "secondary", better: "higher" }),
  automation: rate("automated", "conversed", { role: "secondary", better: "higher" }),
  value: {
    kind: "money",
    numerator: "value",
    denominator: null,
    windowHours: 168,
    better: "higher",
    role: "primary",
    isOfMessages: false,
  },
  cost: {
    kind: "money",
    numerator: "cost",
    denominator: null,
    windowHours: null,
    better: "neither",
    role: "descriptive",
    isOfMessages: true,
  },
  "cost-per-conversion": {
    kind: "ratio",
    numerator: "cost",
    denominator: "converted",
    windowHours: 168,
    better: "lower",
    role: "secondary",
    isOfMessages: false,
  },
} as const satisfies Record<string, Metric>;

export type MetricId = keyof typeof metrics;

export const metricIds = Object.keys(metrics) as readonly MetricId[];

/** Fewer conversions than this say nothing about what one costs. */
export const leastConversions = 5;

/** A period in which a number is made of fewer than so many is nothing to compare another with. */
export const leastCompared = 30;

type Rated = Pick<Metric, "role" | "better"> & { windowHours?: number; isOfMessages?: boolean };

function rate<Numerator extends Measure, Denominator extends Measure>(
  numerator: Numerator,
  denominator: Denominator,
  { role, better, windowHours, isOfMessages }: Rated,
): Metric & { kind: "rate"; numerator: Numerator; denominator: Denominator } {
  return {
    ...{ kind: "rate", numerator, denominator, better, role },
    ...{ windowHours: windowHours ?? null, isOfMessages: isOfMessages ?? false },
  };
}
