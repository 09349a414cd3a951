import type pg from "pg";
import { query, type Statement } from "../query.ts";

/** First key of the advisory locks "this workspace is being claimed from": shared by claims, alone for who waits until they are over. */
export const holdLockClass = 4_207_713;

/**
 * In the order of their keys, so that claims and those who wait for them never wait in a circle. Not a lock on the rows of flows and
 * workspaces: those would be written by each claim, hold up who saves a draft, and let claims that follow each other keep a hold
 * waiting for ever; in this queue nobody passes a waiter.
 */
const share: Statement = {
  name: "dispatch-hold-share",
  text: `
    select pg_advisory_xact_lock_shared($1, key)
    from (select distinct hashtext(id) as key from unnest($2::text[]) as w(id) order by 1) keys`,
};

/** To be asked before anything that a hold changes is read: whoever holds and then waits for this lock knows the claim is over. */
export async function shareHoldLock(client: pg.ClientBase, workspaceIds: readonly string[]): Promise<void> {
  await query(client, share, [holdLockClass, workspaceIds]);
}
