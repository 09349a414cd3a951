import type pg from "pg";
import { newId } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import type { Work } from "./work.ts";

/** After this many failures alone a signal leaves the river. */
const maxAttempts = 5;

const countAttempt: Statement = {
  name: "poison-attempt",
  text: "update signal_queue set attempts = attempts + 1 where sequence = $1 and attempts + 1 < $2 returning sequence",
};

/** A timer or a kept signal goes on as a queued one, so that one place counts failures. */
const queueFailed: Statement = {
  name: "poison-to-queue",
  text: `
    insert into signal_queue (workspace_id, shard, contact_id, enrollment_id, payload, attempts)
    values ($1, $2, $3, $4, $5::json, 1)`,
};

const insertDeadLetter: Statement = {
  name: "poison-dead-letter",
  text: `
    insert into dead_letter (id, workspace_id, contact_id, sequence, enrollment_id, payload, error, attempts, at)
    values ($1, $2, $3, $4, $5, $6::json, $7, $8, $9)`,
};

const removeQueued: Statement = { name: "poison-queue", text: "delete from signal_queue where sequence = $1" };
const removeHeld: Statement = { name: "poison-held", text: "delete from held_signal where id = $1" };
const removeTimer: Statement = { name: "poison-timer", text: "update enrollment set wake_at = null where id = $1" };

/** Notes that a signal failed on its own. It is tried again until its fifth failure, then becomes a dead letter: true. */
export async function isolate(
  client: pg.ClientBase,
  work: Work,
  failure: { error: unknown; at: Date },
): Promise<boolean> {
  const { workspaceId, shard, contactId, enrollmentId, sequence } = work;
  const payload = JSON.stringify(work.signal);
  // Found again by the next sweep over archived flows.
  if (work.signal.kind === "stop") return false;
  if (work.source !== "queue") {
    await query(client, queueFailed, [workspaceId, shard, contactId, enrollmentId, payload]);
    if (work.source === "held") await query(client, removeHeld, [sequence]);
    else await query(client, removeTimer, [enrollmentId]);
    return false;
  }
  if ((await query(client, countAttempt, [sequence, maxAttempts])).length > 0) return false;
  const error = String(failure.error).slice(0, 1000);
  const letter = [
    newId(),
    workspaceId,
    contactId,
    sequence,
    enrollmentId,
    payload,
    error,
    work.attempts + 1,
    failure.at,
  ];
  await query(client, insertDeadLetter, letter);
  await query(client, removeQueued, [sequence]);
  return true;
}
