import { openingEvent } from "#flow/message-event.ts";
import type { FlowEvent, Signal } from "#flow/signal.ts";

/**
 * What the host itself does to an enrollment, besides what the pure core knows: end it because its flow was archived, or because
 * somebody of the workspace took the person out (`by`), or bring it to a new version.
 */
export type HostSignal = { kind: "stop"; by?: "person" } | { kind: "move" };

/**
 * One thing to apply. It comes from the signal queue, from an enrollment whose time has come, or from the signals kept for
 * a held flow; where it came from decides only how it is crossed off.
 */
export type Work = {
  source: "queue" | "held" | "timer";
  /** The row's number in its table; 0 for a timer, which is crossed off by the enrollment's next wake-up time. */
  sequence: number;
  workspaceId: string;
  shard: number;
  contactId: string;
  /** Null: for every waiting enrollment of the person, and for the flows it may open. */
  enrollmentId: string | null;
  signal: Signal | HostSignal;
  /** An event that is only to open this flow: it failed there once, and everything else has had it. */
  onlyFlowId: string | null;
  attempts: number;
};

/** The event by which a work may open flows; null: it opens none. */
export const eventOf = ({ signal }: Pick<Work, "signal">): FlowEvent | null =>
  signal.kind === "stop" || signal.kind === "move" ? null : openingEvent(signal);

export type WorkRow = {
  sequence: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string | null;
  payload: Work["signal"] & { onlyFlowId?: string };
  attempts: number;
};

export const workOf =
  (source: Work["source"]) =>
  (row: WorkRow): Work => ({
    source,
    sequence: Number(row.sequence),
    workspaceId: row.workspace_id,
    shard: row.shard,
    contactId: row.contact_id,
    enrollmentId: row.enrollment_id,
    signal: row.payload,
    onlyFlowId: row.payload.onlyFlowId ?? null,
    attempts: row.attempts,
  });
