import type pg from "pg";
import { query, type Statement } from "../query.ts";

/** First key of the advisory locks "one worker at a time applies the calls of a channel". */
const channelLockClass = 4_207_712;

/**
 * A bitmap scan would read all that waits and sort it, for each batch anew: with stale statistics the planner takes that for
 * cheaper than the index in its order. So it is off in this transaction, set in the same round trip.
 */
const lock: Statement = {
  name: "webhooks-lock-channel",
  text: "select pg_try_advisory_xact_lock($1, hashtext($2)) as is_mine, set_config('enable_bitmapscan', 'off', true)",
};

/**
 * Takes a channel's calls for this transaction; false when another worker has them. So its facts are applied in the order of
 * their calls, and no row of them needs a lock. What is read must be read in a later statement.
 */
export async function lockChannel(client: pg.ClientBase, channelId: string): Promise<boolean> {
  const [row] = await query<{ is_mine: boolean }>(client, lock, [channelLockClass, channelId]);
  return row?.is_mine ?? false;
}
