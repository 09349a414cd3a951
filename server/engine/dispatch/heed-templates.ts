import type pg from "pg";
import { templateHeld } from "#flow/gate/decide-send.ts";
import { sendingOrder } from "#server/channels/sending-number.ts";
import { statusAtAccount } from "#server/channels/template-standing.ts";
import { inTransaction, query, type Statement } from "../query.ts";
import { type MessageNews, queueStatusSignals } from "../queue-status-signals.ts";
import { refund } from "./consume-cap.ts";

/** Few at any time: a partial index holds them. */
const readMoved: Statement = {
  name: "templates-moved",
  text: `
    select t.id, t.workspace_id, t.name, t.moved_at::text as moved_text,
           coalesce(bool_or(l.status = 'approved'), false) as is_usable,
           coalesce(bool_or(l.status in ('paused', 'disabled')), false) as is_halted
    from template t
    left join lateral (
      select account_id from channel where workspace_id = t.workspace_id order by ${sendingOrder()} limit 1
    ) ch on true
    left join lateral (
      select ${statusAtAccount("l", "ch.account_id")} as status from template_language l where l.template_id = t.id
    ) l on true
    where t.moved_at is not null
    group by t.id order by t.moved_at limit 20`,
};

/** Unless it has moved again meanwhile. */
const settleMoved: Statement = {
  name: "templates-settled",
  text: "update template set moved_at = null where id = $1 and moved_at = $2::timestamptz",
};

/**
 * What waits to leave by a template that may not be sent, also what is not due yet. Reads what is queued in its workspace: a template
 * stops rarely, and an index for it would be written with each message. Held flows keep theirs.
 */
const lockStopped: Statement = {
  name: "templates-lock",
  text: `
    select o.message_id, o.workspace_id, o.shard, o.contact_id, o.enrollment_id, o.visit,
           case when o.request ? 'templateHoldHours'
             then coalesce(o.held_until, $3::timestamptz + make_interval(hours => (o.request->>'templateHoldHours')::integer)) end as held_until
    from outbox o join message m on m.id = o.message_id left join flow f on f.id = m.flow_id
    where o.workspace_id = $1 and o.status in ('queued', 'behind') and o.request->>'template' = $2 and f.status is distinct from 'held'
    limit $4 for update of o, m skip locked`,
};

/** The gate's word about the template, put in the place of the one before. `checks` and `check` are SQL. */
const withCheck = (checks: string, check: string) => `
  case when jsonb_path_exists(${checks}, '$[*] ? (@.check == "template")')
    then (select jsonb_agg(case when c.it->>'check' = 'template' then ${check} else c.it end order by c.place)
          from jsonb_array_elements(${checks}) with ordinality as c(it, place))
    else coalesce(${checks}, '[]') || ${check} end`;

const holdMessages: Statement = {
  name: "templates-hold",
  text: `
    with held as (
      update outbox o set status = 'held', held_template_id = $1, held_until = x.held_until, holds_back = false
      from unnest($2::uuid[], $3::timestamptz[]) as x(message_id, held_until)
      where o.message_id = x.message_id
      returning o.message_id
    )
    update message m
    set reason = case when m.reason = 'resent' then m.reason else '${templateHeld}' end, checks = ${withCheck("m.checks", "$4::jsonb")}
    from held where m.id = held.message_id`,
};

/** A second attempt that never leaves does not say what became of the first one. */
const dropMessages: Statement = {
  name: "templates-drop",
  text: `
    with gone as (delete from outbox where message_id = any($1::uuid[]) returning message_id)
    update message m
    set status = case when m.reason = 'resent' then 'unknown' else 'skipped' end,
        reason = case when m.reason = 'resent' then 'unknown-outcome' else $2 end, checks = ${withCheck("m.checks", "$3::jsonb")}
    from gone where m.id = gone.message_id`,
};

/** It may be sent again: whoever waited for it goes on, and has its whole time again should it stop once more. */
const releaseMessages: Statement = {
  name: "templates-release",
  text: `
    with free as materialized (
      select message_id from outbox where held_template_id = $1 limit $2 for update skip locked
    )
    update outbox o set status = 'queued', held_template_id = null, held_until = null
    from free where o.message_id = free.message_id
    returning o.message_id`,
};

/** Has waited as long as its flow wants: the gate says no to it. One index probe per template that is waited for. */
const releaseOverdue: Statement = {
  name: "templates-overdue",
  text: `
    with recursive templates as (
      (select held_template_id from outbox where held_template_id is not null order by held_template_id limit 1)
      union all
      select (select o.held_template_id from outbox o where o.held_template_id > t.held_template_id order by o.held_template_id limit 1)
      from templates t where t.held_template_id is not null
    ), free as materialized (
      select o.message_id from templates t join outbox o on o.held_template_id = t.held_template_id and o.held_until <= $1
      limit $2 for update of o skip locked
    )
    update outbox o set status = 'queued', held_template_id = null
    from free where o.message_id = free.message_id
    returning o.message_id`,
};

type Moved = {
  id: string;
  workspace_id: string;
  name: string;
  moved_text: string;
  is_usable: boolean;
  is_halted: boolean;
};

type Stopped = Omit<MessageNews, "status" | "reason"> & { messageId: string; heldUntil: Date | null };

/** Messages held, dropped and released. */
export type Heeded = { held: number; dropped: number; released: number };

const sliceRows = 2_000;

/**
 * Acts on what the provider did to templates: who waits for one that may not be sent any more, holds or leaves by "blocked", as the
 * flow wants; when it may be sent again, who held goes on. A slice of each template's messages at a time, each in a transaction of
 * its own; what another worker has in hand meets the gate, which says the same. `now` is the product's time.
 */
export async function heedTemplates(pool: pg.Pool, now: Date): Promise<Heeded> {
  const heeded = { held: 0, dropped: 0, released: 0 };
  for (const template of await query<Moved>(pool, readMoved, [])) {
    const slice = template.is_usable
      ? { released: (await query(pool, releaseMessages, [template.id, sliceRows])).length, held: 0, dropped: 0 }
      : await stopMessages(pool, template, now);
    heeded.held += slice.held;
    heeded.dropped += slice.dropped;
    heeded.released += slice.released;
    if (slice.held + slice.dropped + slice.released === 0)
      await query(pool, settleMoved, [template.id, template.moved_text]);
  }
  heeded.released += (await query(pool, releaseOverdue, [now, sliceRows])).length;
  return heeded;
}

const stopMessages = (pool: pg.Pool, template: Moved, now: Date): Promise<Heeded> =>
  inTransaction(pool, async (client) => {
    const rows = await query<Row>(client, lockStopped, [template.workspace_id, template.name, now, sliceRows]);
    const stopped = rows.map(stoppedOf);
    const isHeld = ({ heldUntil }: Stopped) => heldUntil !== null && heldUntil > now;
    const held = stopped.filter(isHeld);
    const dropped = stopped.filter((each) => !isHeld(each));
    const reason = template.is_halted ? "template-paused" : "template-not-approved";
    const seen = template.is_halted ? "paused" : "rejected";
    const check = (verdict: "defer" | "block") =>
      JSON.stringify({ check: "template", verdict, seen, needed: "approved" });
    if (held.length > 0) {
      const until = held.map(({ heldUntil }) => heldUntil);
      await query(client, holdMessages, [template.id, held.map(idOf), until, check("defer")]);
    }
    if (dropped.length > 0) {
      await refund(client, dropped.map(idOf));
      await query(client, dropMessages, [dropped.map(idOf), reason, check("block")]);
      await queueStatusSignals(
        client,
        dropped.map((each) => ({ ...each, status: "blocked", reason })),
      );
    }
    return { held: held.length, dropped: dropped.length, released: 0 };
  });

const idOf = ({ messageId }: Stopped): string => messageId;

type Row = {
  message_id: string;
  workspace_id: string;
  shard: number;
  contact_id: string;
  enrollment_id: string | null;
  visit: number | null;
  held_until: Date | null;
};

const stoppedOf = (row: Row): Stopped => ({
  messageId: row.message_id,
  workspaceId: row.workspace_id,
  shard: row.shard,
  contactId: row.contact_id,
  enrollmentId: row.enrollment_id,
  visit: row.visit,
  heldUntil: row.held_until,
});
