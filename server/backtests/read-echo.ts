import type { Act, Echo, EchoSend } from "#flow/backtest/history.ts";
import type { JsonObject } from "#flow/json.ts";

/** A message as the backtest reads it. Moments are milliseconds since 1970. */
export type MessageRow = {
  id: string;
  contact_id: string;
  direction: "outbound" | "inbound";
  is_own: boolean | null;
  enrollment_id: string | null;
  node_id: string | null;
  visit: number | null;
  status: string;
  reason: string | null;
  cap_day: string | null;
  wamid: string | null;
  created_at: number;
  sent_at: number | null;
  delivered_at: number | null;
  read_at: number | null;
  failed_at: number | null;
  is_clicked: boolean;
  body: string | null;
  quotes: string | null;
  answers: JsonObject | null;
  buttons: Button[] | null;
  cards: { buttons: Button[] }[] | null;
};
type Button = { id: string; text: string; kind: string };

export type ClickRow = { message_id: string; slot: string; at: number };
export type AnswerRow = {
  enrollment_id: string;
  node_id: string;
  visit: number;
  kind: "waiting" | "left";
  handle: string | null;
  at: number;
  values: JsonObject;
  /** Why another flow did not start, or how it ended. */
  reason: string | null;
};

type TimedAct = { at: number; signal: Act["signal"] };

/**
 * What a person did with each message, by its id, and what they wrote to nobody in particular. A tap quotes the message that it is on;
 * its button is found by its words.
 */
export function readActs(
  rows: readonly MessageRow[],
  clicks: ReadonlyMap<string, readonly ClickRow[]>,
): { acts: ReadonlyMap<string, readonly TimedAct[]>; free: { at: number; text: string }[] } {
  const acts = new Map<string, TimedAct[]>();
  const free: { at: number; text: string }[] = [];
  const byWamid = new Map<string, MessageRow>();
  for (const row of rows) if (row.direction === "outbound" && row.wamid !== null) byWamid.set(row.wamid, row);
  const add = (messageId: string, act: TimedAct) => acts.set(messageId, [...(acts.get(messageId) ?? []), act]);
  for (const row of rows) {
    if (row.direction !== "inbound") continue;
    const text = row.body ?? "";
    const answered = row.quotes === null ? undefined : byWamid.get(row.quotes);
    if (answered) add(answered.id, { at: row.created_at, signal: signalOf(row, answered, text) });
    else if (row.quotes === null) free.push({ at: row.created_at, text });
  }
  for (const row of rows)
    for (const { slot, at } of row.is_clicked ? (clicks.get(row.id) ?? []) : [])
      add(row.id, { at, signal: { kind: "click", slot } });
  return { acts, free };
}

function signalOf({ answers }: MessageRow, answered: MessageRow, text: string): Act["signal"] {
  if (answers) return { kind: "form", answers };
  const buttons = [...(answered.buttons ?? []), ...(answered.cards ?? []).flatMap((card) => card.buttons)];
  const tapped = buttons.find((button) => button.kind === "quick-reply" && button.text === text);
  return tapped ? { kind: "button", buttonId: tapped.id, text } : { kind: "reply", text };
}

/** What the outside world answered one live enrollment. */
export function echoOf(
  enrollmentId: string,
  rows: readonly MessageRow[],
  acts: ReadonlyMap<string, readonly TimedAct[]>,
  answers: readonly AnswerRow[],
): Echo {
  const sends = rows
    .filter((row) => row.enrollment_id === enrollmentId && row.direction === "outbound")
    .sort((one, other) => (one.visit ?? 0) - (other.visit ?? 0))
    .flatMap((row): EchoSend[] => {
      const status = fates.find((each) => each === row.status);
      if (row.node_id === null) return [];
      return [
        {
          nodeId: row.node_id,
          // What was stopped before it left says nothing about how it would have fared.
          sentAt: status === undefined ? null : (row.sent_at ?? (status === "unknown" ? row.created_at : null)),
          status: status ?? "sent",
          reason: row.reason,
          deliveredAt: row.delivered_at,
          readAt: row.read_at,
          failedAt: row.failed_at,
          acts: (acts.get(row.id) ?? [])
            .map(({ at, signal }) => ({ afterMs: Math.max(0, at - (row.sent_at ?? row.created_at)), signal }))
            .sort((one, other) => one.afterMs - other.afterMs),
        },
      ];
    });
  return { sends, ...answersOf(answers) };
}

const fates = ["sent", "delivered", "read", "failed", "unknown"] as const;

/** A visit is entered by a row "waiting" and over by its row "left": in between the answer came. Another flow of which none came ran on. */
function answersOf(rows: readonly AnswerRow[]): Omit<Echo, "sends"> {
  const over = new Map(rows.flatMap((row) => (row.kind === "left" ? [[row.visit, row] as const] : [])));
  const begun = new Map(rows.flatMap((row) => (row.kind === "waiting" ? [[row.visit, row] as const] : [])));
  const webhooks: Echo["webhooks"][number][] = [];
  const handOffs: Echo["handOffs"][number][] = [];
  const runs: Echo["runs"][number][] = [];
  for (const [visit, { node_id: nodeId, at }] of begun) {
    const left = over.get(visit);
    const afterMs = Math.max(0, (left?.at ?? at) - at);
    const { handle = null, reason = null } = left ?? {};
    if (left && (handle === "ok" || handle === "failed"))
      webhooks.push({ nodeId, afterMs, ok: handle === "ok", values: left.values });
    else if (handle === "resolved") handOffs.push({ nodeId, afterMs });
    else if (handle === "done" || handle === "exited" || handle === "not-started")
      runs.push({ nodeId, afterMs, outcome: handle, reason });
    else runs.push({ nodeId, afterMs, outcome: "started", reason });
  }
  return { webhooks, handOffs, runs };
}
