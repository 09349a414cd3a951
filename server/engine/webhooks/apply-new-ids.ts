import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { EventOf, HookPlace } from "./call-event.ts";

/**
 * The person's contacts by the surest id that was told; a contact that holds another business-scoped id is somebody else with a number
 * that was handed on. In id order, as all who write contacts.
 */
const writeIds: Statement = {
  name: "inbound-new-ids",
  text: `
    update contact c
    set wa_id = coalesce($4, c.wa_id), bsuid = coalesce($5, c.bsuid),
        phone = case when $4::text is not null and c.phone = '+' || $2 then '+' || $4 else c.phone end, updated_at = $6
    from (
      select id from contact
      where id in (
        select id from contact where workspace_id = $1 and bsuid = $3
        union select id from contact where workspace_id = $1 and wa_id = $2
        union select id from contact where workspace_id = $1 and phone = '+' || $2)
        and (bsuid is null or $3::text is null or bsuid = $3)
      order by id for no key update
    ) x
    where c.id = x.id`,
};

/** Gives people the numbers and ids that they have now, in the order in which they changed. Nobody is made or merged. */
export async function applyNewIds(
  client: pg.ClientBase,
  { workspaceId }: HookPlace,
  { events, now }: { events: readonly EventOf<"new-ids">[]; now: Date },
): Promise<void> {
  for (const { before, after } of events.toSorted((one, other) => one.at - other.at)) {
    if (after.waId === null && after.bsuid === null) continue;
    await query(client, writeIds, [workspaceId, before.waId, before.bsuid, after.waId, after.bsuid, now]);
  }
}
