import type pg from "pg";
import { query, type Statement } from "../query.ts";
import { freePairs } from "./settle-statements.ts";

/** Whatever their claimers still wait for: these find their claims gone, so they cannot put the messages back. */
const deleteOutbox: Statement = {
  name: "withdraw-outbox",
  text: `
    with gone as (
      delete from outbox where message_id = any($1::uuid[])
      returning message_id, contact_id, channel_id, language, content, checks
    ), freed as (${freePairs("gone")}
    )
    select message_id, channel_id, language, content, checks from gone where content is not null`,
};

const keepContent: Statement = {
  name: "withdraw-keep",
  text: `
    update message m set channel_id = x.channel_id, language = x.language, content = x.content, checks = x.checks
    from jsonb_to_recordset($1::jsonb) as x(message_id uuid, channel_id uuid, language text, content jsonb, checks jsonb)
    where m.id = x.message_id`,
};

/** What the gate decided about messages that have not been settled yet. */
export type Verdicts = { message_id: string }[];

/**
 * Takes messages out of the queue because the provider has told what became of them: nothing is left to send or to find out, and
 * their people are free for the next one. The messages have to be locked (`lock-order.ts`). Hand the answer to `keepVerdicts` in the
 * same transaction.
 */
export const withdrawMessages = (client: pg.ClientBase, messageIds: string[]): Promise<Verdicts> =>
  query<Verdicts[number]>(client, deleteOutbox, [messageIds]);

/** Writes into the messages what was sent and why it might be: their settlement will not find it any more. */
export async function keepVerdicts(client: pg.ClientBase, verdicts: Verdicts): Promise<void> {
  if (verdicts.length > 0) await query(client, keepContent, [JSON.stringify(verdicts)]);
}
