import type pg from "pg";
import type { FlowSettings } from "#flow/graph.ts";
import { query, type Statement } from "../query.ts";

/** When a person last entered a flow with a key, in milliseconds since 1970, by `historyKey`. */
export type History = Map<string, number>;

export const historyKey = (flowId: string, contactId: string, key: string): string => `${flowId} ${contactId} ${key}`;

const readHistory: Statement = {
  name: "signals-history",
  text: `
    select flow_id, contact_id, key, max(entered_at) as entered_at from enrollment
    where contact_id = any($1::uuid[]) and flow_id = any($2::uuid[]) group by 1, 2, 3`,
};

/** Earlier entries of these people into these flows. Only flows that ask for them ("never", "after N days") need be named. */
export async function loadHistory(client: pg.ClientBase, contactIds: string[], flowIds: string[]): Promise<History> {
  if (flowIds.length === 0) return new Map();
  type Row = { flow_id: string; contact_id: string; key: string; entered_at: Date };
  const rows = await query<Row>(client, readHistory, [contactIds, flowIds]);
  return new Map(rows.map((row) => [historyKey(row.flow_id, row.contact_id, row.key), row.entered_at.getTime()]));
}

/** True when the flow's re-entry rule can only be judged with the history at hand. */
export const needsHistory = ({ reEntry }: FlowSettings): boolean =>
  reEntry.mode === "never" || reEntry.mode === "after-days";
