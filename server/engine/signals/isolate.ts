import type pg from "pg";
import { newId } from "#server/id.ts";
import { query, type Statement } from "../query.ts";
import { tellDeadLetters } from "../tell-troubles.ts";
import { causeOf } from "./cause.ts";
import type { Work } from "./work.ts";

/** After this many failures alone a signal leaves the river. */
export const maxAttempts = 5;

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

/** The payload, or the event it names, moves within the database: what cannot be stored again, or not even be written as JSON, still gets here. */
const bury: Statement = {
  name: "poison-dead-letter",
  text: `
    with poison as (delete from signal_queue where sequence = $1 returning *)
    insert into dead_letter (id, workspace_id, contact_id, sequence, enrollment_id, payload, error, attempts, at, flow_id, node_id)
    select $2, p.workspace_id, p.contact_id, p.sequence, p.enrollment_id,
           case when v.id is null then p.payload else jsonb_build_object('kind', 'event', 'event', jsonb_build_object(
             'id', v.id, 'name', v.name, 'properties', v.properties, 'at', round(date_part('epoch', v.occurred_at) * 1000))) end,
           $3, p.attempts + 1, $4, coalesce($5, e.flow_id), coalesce($6, e.node_id)
    from poison p
    left join enrollment e on e.id = p.enrollment_id
    left join event v on v.id = p.event_id and v.received_at = p.created_at`,
};

const removeHeld: Statement = { name: "poison-held", text: "delete from held_signal where id = $1" };
const removeTimer: Statement = { name: "poison-timer", text: "update enrollment set wake_at = null where id = $1" };

/** Who could not be brought to the new version stays on the old one, and is not found by the next sweep. */
const buryMove: Statement = {
  name: "poison-move",
  text: `
    with stays as (
      update enrollment e set move_id = m.id from flow_move m
      where e.id = $1 and m.flow_id = e.flow_id and m.finished_at is null
      returning e.workspace_id, e.contact_id, e.id, e.flow_id, e.node_id
    )
    insert into dead_letter (id, workspace_id, contact_id, enrollment_id, flow_id, node_id, payload, error, attempts, at)
    select $2, workspace_id, contact_id, id, flow_id, node_id, '{"kind":"move"}', $3, 1, $4 from stays`,
};

/** What is known of a failure: `flowId` and `nodeId` name where the person had come to when the writing failed. */
export type SignalFailure = { error: unknown; at: Date; flowId: string | null; nodeId: string | null };

/** Notes that a signal failed on its own. It is tried again until its fifth failure, then becomes a dead letter: true. */
export async function isolate(client: pg.ClientBase, work: Work, failure: SignalFailure): Promise<boolean> {
  const { workspaceId, shard, contactId, enrollmentId, sequence } = work;
  // Found again by the next sweep over archived flows.
  if (work.signal.kind === "stop" && work.source === "timer") return false;
  if (work.signal.kind === "move" && work.source === "timer") {
    await query(client, buryMove, [enrollmentId, newId(), causeOf(failure.error), failure.at]);
    await tellDeadLetters(client, [workspaceId], failure.at);
    return true;
  }
  if (work.source !== "queue") {
    const payload = JSON.stringify(work.signal);
    await query(client, queueFailed, [workspaceId, shard, contactId, enrollmentId, payload]);
    if (work.source === "held") await query(client, removeHeld, [sequence]);
    else await query(client, removeTimer, [enrollmentId]);
    return false;
  }
  if ((await query(client, countAttempt, [sequence, maxAttempts])).length > 0) return false;
  const { error, at, flowId, nodeId } = failure;
  await query(client, bury, [sequence, newId(), causeOf(error), at, flowId, nodeId]);
  await tellDeadLetters(client, [workspaceId], at);
  return true;
}
