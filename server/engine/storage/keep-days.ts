import { z } from "zod";

/** What is forgotten after a time, by kind. People, consents, audit and enrollments (which re-entry rules look back on) are not. */
export const kinds = ["events", "paths", "messages", "failures", "notifications"] as const;
export type Kind = (typeof kinds)[number];
/** How many days each kind is kept. */
export type KeepDays = Record<Kind, number>;

const days = (fallback: number) => z.coerce.number().int().min(1).max(36_500).default(fallback);

/** The operator's settings (docs/operating.md). Anything below these is a decision to forget more. */
const Settings = z.object({
  /** Facts that source systems sent, and the message ids by which a repeated one is known. */
  CHASQUI_KEEP_EVENTS_DAYS: days(400),
  /** Each person's way through each flow, and finished webhook calls. */
  CHASQUI_KEEP_PATHS_DAYS: days(400),
  /** Messages in and out, and their tracked links. */
  CHASQUI_KEEP_MESSAGES_DAYS: days(800),
  /** Provider calls that could not be understood, and signals that could not be applied. */
  CHASQUI_KEEP_FAILURES_DAYS: days(90),
  /** What people were told in the app, and e-mails with what became of them. */
  CHASQUI_KEEP_NOTIFICATIONS_DAYS: days(90),
});

/** Reads and checks the settings. Throws one sentence for each wrong one. */
export function readKeepDays(source: Record<string, string | undefined>): KeepDays {
  const parsed = Settings.safeParse(source);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`).join(" "));
  const { data } = parsed;
  return {
    events: data.CHASQUI_KEEP_EVENTS_DAYS,
    paths: data.CHASQUI_KEEP_PATHS_DAYS,
    messages: data.CHASQUI_KEEP_MESSAGES_DAYS,
    failures: data.CHASQUI_KEEP_FAILURES_DAYS,
    notifications: data.CHASQUI_KEEP_NOTIFICATIONS_DAYS,
  };
}
