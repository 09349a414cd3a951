import type { Statement } from "../query.ts";

/** Calls that nobody has understood yet, oldest first; another worker's are skipped. Reads the partial index on open calls. */
export const claimCalls: Statement = {
  name: "webhooks-claim",
  text: `
    select id, received_at, workspace_id, channel_id, body from raw_webhook
    where processed_at is null order by received_at limit $1 for update skip locked`,
};

export const finishCalls: Statement = {
  name: "webhooks-finish",
  text: `
    update raw_webhook r set processed_at = now(), error = x.error
    from json_to_recordset($1::json) as x(id uuid, received_at timestamptz, error text)
    where r.id = x.id and r.received_at = x.received_at`,
};

/** Answers the keys that are new. Sorted, so that two workers with the same keys wait for each other in one order. */
export const insertKeys: Statement = {
  name: "webhooks-keys",
  text: `
    insert into webhook_key (channel_id, key, at)
    select channel_id, key, now() from json_to_recordset($1::json) as x(channel_id uuid, key text)
    order by channel_id, key
    on conflict (channel_id, key) do nothing
    returning channel_id, key`,
};

/** By our own id where the status carries it, else by the provider's; locked in id order. */
export const lockMessages: Statement = {
  name: "webhooks-messages",
  text: `
    select id, workspace_id, shard, contact_id, enrollment_id, visit, status, reason, error_code, error_detail, wamid,
           sent_at, delivered_at, read_at, failed_at
    from message
    where direction = 'outbound' and workspace_id = any($3::uuid[])
      and id in (select unnest($1::uuid[]) union select m.id from message m where m.wamid = any($2::text[]))
    order by id for update`,
};

export const updateMessages: Statement = {
  name: "webhooks-update-messages",
  text: `
    update message m
    set status = x.status, reason = x.reason, error_code = x.error_code, error_detail = x.error_detail, wamid = x.wamid,
        sent_at = x.sent_at, delivered_at = x.delivered_at, read_at = x.read_at, failed_at = x.failed_at
    from json_to_recordset($1::json) as x(
      id uuid, status text, reason text, error_code integer, error_detail text, wamid text, sent_at timestamptz,
      delivered_at timestamptz, read_at timestamptz, failed_at timestamptz)
    where m.id = x.id`,
};

/** The provider has told what became of them: nothing is left to send or to find out. */
export const deleteOutbox: Statement = {
  name: "webhooks-delete-outbox",
  text: "delete from outbox where message_id = any($1::uuid[]) and status in ('unknown', 'queued')",
};

export const updateTemplate: Statement = {
  name: "webhooks-template",
  text: `
    update template_language l set status = $5, status_reason = $6, updated_at = now()
    from template t
    where t.id = l.template_id and l.workspace_id = $1
      and (l.provider_id = $2 or (l.provider_id is null and t.name = $3 and l.language = $4))`,
};
