import { createHash } from "node:crypto";
import pg from "pg";

/**
 * Damages, or repairs, what the people waiting in a flow have been through, so that whoever moves on throws: no event a customer's
 * system can send does that, so a story about it has to reach into the database.
 */
export const setVisits = (flowName: string, visits: "broken" | "whole"): Promise<void> =>
  change(
    `update enrollment e set state = jsonb_set(e.state, '{visitsByNode}', $2::jsonb)
     from flow f where f.id = e.flow_id and f.name = $1 and e.status = 'waiting'`,
    [flowName, visits === "broken" ? "null" : "{}"],
  );

/** Forgets how long messages have waited so far: the lanes are judged by five minutes, in which earlier stories have told theirs. */
export const forgetWaits = (): Promise<void> => change("delete from lane_sample", []);

/** Lets the last showing of everybody's second factor be an hour ago: a story cannot wait so long. */
export const forgetConfirmations = (): Promise<void> =>
  change("update session set second_factor_at = second_factor_at - interval '1 hour'", []);

/** Lets every e-mail so far have left a minute ago: the next of its kind to the same address waits for none. */
export const forgetMails = (): Promise<void> =>
  change("update mail set sent_at = sent_at - interval '1 minute' where sent_at is not null", []);

/** Makes a REST key of the demo workspace that has no scope, for stories that are about something else than keys. */
export const addPlainKey = (key: string): Promise<void> =>
  change(
    `insert into access_key (id, workspace_id, kind, name, hash, last4)
     select gen_random_uuid(), id, 'rest', 'Plain', $1, right($2, 4) from workspace where slug = 'banco-demo'`,
    [createHash("sha256").update(key).digest("hex"), key],
  );

async function change(statement: string, values: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}
