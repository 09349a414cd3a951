import type pg from "pg";
import { onClient } from "#db/client.ts";
import { notify } from "#server/notifications/notify.ts";
import { query, type Statement } from "./query.ts";

const countLetters: Statement = {
  name: "tell-dead-letters",
  text: "select count(*)::integer as count from dead_letter where workspace_id = $1",
};

const readChannel: Statement = {
  name: "tell-channel",
  text: `select workspace_id as "workspaceId", name from channel where id = $1`,
};

const system = (workspaceId: string, at: Date) => ({ clock: { now: () => at }, actor: "system" as const, workspaceId });

/** Tells who may retry them that dead letters wait, in the transaction that buried one; each person once an hour, as they come in crowds. */
export async function tellDeadLetters(client: pg.ClientBase, workspaceIds: Iterable<string>, at: Date): Promise<void> {
  for (const workspaceId of new Set(workspaceIds)) {
    const [row] = await query<{ count: number }>(client, countLetters, [workspaceId]);
    await notify(onClient(client), system(workspaceId, at), {
      kind: "dead-letters",
      to: [{ verb: "retry-dead-letters" }],
      subjectId: "",
      values: { count: row?.count ?? 0 },
      quietMinutes: 60,
    });
  }
}

type Paused = { id: string; reason: string };

/** Tells owners that a number was paused, in the transaction that paused it: its token was refused, or WhatsApp restricts it. */
export async function tellPaused(
  client: pg.ClientBase,
  paused: readonly Paused[],
  { kind, at }: { kind: "channel-refused" | "channel-restricted"; at: Date },
): Promise<void> {
  for (const { id, reason } of paused) {
    const [row] = await query<{ workspaceId: string; name: string }>(client, readChannel, [id]);
    if (!row) continue;
    await notify(onClient(client), system(row.workspaceId, at), {
      kind,
      to: [{ roles: ["owner"] }],
      subjectId: id,
      values: { name: row.name, reason },
    });
  }
}
