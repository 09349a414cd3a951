import type pg from "pg";
import { query, type Statement } from "./query.ts";
import { pruneOrphans } from "./webhooks/join-orphans.ts";

/** Providers redeliver for 7 days; a day more and a key has no use. */
const dropKeys: Statement = {
  name: "prune-webhook-keys",
  text: "delete from webhook_key where at < now() - interval '8 days'",
};

/** Calls that were understood; those with an error stay for somebody to look at. */
const dropCalls: Statement = {
  name: "prune-webhook-calls",
  text: "delete from raw_webhook where processed_at < now() - interval '8 days' and error is null",
};

/** An answer to a REST call with an Idempotency-Key is repeated for 7 days (server/door/rest/idempotency.ts). */
const dropAnswers: Statement = {
  name: "prune-idempotency-keys",
  text: "delete from idempotency_key where created_at < now() - interval '7 days'",
};

/** Shown as lost for a while; one that comes back after that registers like a new one. */
const dropWorkers: Statement = {
  name: "prune-workers",
  text: "delete from worker where state = 'lost' and beat_at < now() - interval '1 day'",
};

/** Removes what was only kept for a while: to recognise redeliveries, to be shown. Reads tables whole, so once in an hour is enough. */
export async function prune(pool: pg.Pool): Promise<void> {
  await query(pool, dropKeys, []);
  await query(pool, dropCalls, []);
  await query(pool, dropAnswers, []);
  await query(pool, dropWorkers, []);
  await pruneOrphans(pool);
}
