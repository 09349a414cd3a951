import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { EventOf, HookPlace } from "./call-event.ts";

type ChangeEvent = EventOf<"edit"> | EventOf<"revoke">;

/** Only what came in by this channel. The newest word counts, whatever order they come in. */
const writeChanges: Statement = {
  name: "inbound-changes",
  text: `
    update message m set content = coalesce(m.content, '{}') || x.content
    from json_to_recordset($3::json) as x(wamid text, content jsonb, at text)
    where m.wamid = x.wamid and m.workspace_id = $1 and m.channel_id = $2 and m.direction = 'inbound'
      and coalesce(m.content->>'editedAt', '') < x.at`,
};

/**
 * Notes that people have changed or taken back what they wrote. What was taken back keeps its words for the record; screens draw it as
 * gone. A changed message starts nothing: the flow has already gone on with the first one.
 */
export async function applyChanges(
  client: pg.ClientBase,
  { workspaceId, channelId }: HookPlace,
  events: readonly ChangeEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const newest = new Map<string, { wamid: string; at: string; content: object }>();
  for (const event of events.toSorted((one, other) => one.at - other.at)) {
    const at = new Date(event.at).toISOString();
    const content =
      event.kind === "revoke" ? { revokedAt: at } : { body: event.text ?? "", ...event.detail, editedAt: at };
    const known = newest.get(event.original)?.content;
    newest.set(event.original, { wamid: event.original, at, content: { ...known, ...content } });
  }
  await query(client, writeChanges, [workspaceId, channelId, JSON.stringify([...newest.values()])]);
}
