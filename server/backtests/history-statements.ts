import { wordingKeySql } from "#server/wording-key.ts";

/*
 * What is known of a page of people, each of these once per page. Moments come as milliseconds since 1970: making Dates of them cost
 * more than all the rest of a row. $1 are the people.
 */

const ms = (column: string) => `date_part('epoch', ${column}) * 1000`;

/** Contacts with one phone are one person at the other end: the first of them holds the cap (engine/dispatch/load-facts.ts). */
export const people = {
  name: "backtest-people",
  text: `
    select c.id, c.phone, c.wa_id, c.bsuid, c.first_name, c.locale, c.timezone, c.attributes, c.tags, c.consents,
           ${ms("c.suppressed_at")} as suppressed_at, c.suppressed_reason, ${ms("c.created_at")} as created_at, shared.ids as sharers,
           case when w.suppressions > 0 then exists (
             select 1 from suppression l where l.workspace_id = c.workspace_id
               and (l.kind, l.value) in (('phone', c.phone), ('phone', '+' || c.wa_id), ('customer', c.external_id))
           ) else false end as is_listed
    from contact c join workspace w on w.id = c.workspace_id
    left join lateral (
      select array_agg(s.id order by s.id) as ids from contact s where s.workspace_id = c.workspace_id and s.phone = c.phone
    ) shared on true
    where c.id = any($1::uuid[]) and c.workspace_id = $2`,
};

export const consents = {
  name: "backtest-consents",
  text: `
    select contact_id, purpose, state, ${ms("at")} as at, expires_at,
           case when source <> 'person' then ${wordingKeySql("wording")} end as wording
    from consent where contact_id = any($1::uuid[]) order by at, id`,
};

/** Also those of people with the same phone, whose messages count against the same cap. */
export const messages = {
  name: "backtest-messages",
  text: `
    select id, contact_id, direction, flow_id = $2 as is_own, enrollment_id, node_id, visit, status, reason, cap_day, wamid,
           ${ms("created_at")} as created_at, ${ms("sent_at")} as sent_at, ${ms("delivered_at")} as delivered_at,
           ${ms("read_at")} as read_at, ${ms("failed_at")} as failed_at, clicked_at is not null as is_clicked,
           case when direction = 'inbound' then content ->> 'body' end as body, content ->> 'quotes' as quotes,
           case when direction = 'inbound' then content -> 'form' -> 'answers' end as answers,
           case when direction = 'outbound' and replied_at is not null then content -> 'buttons' end as buttons,
           case when direction = 'outbound' and replied_at is not null then content -> 'cards' end as cards
    from message
    where contact_id = any($1::uuid[]) and created_at >= $3 and created_at < $4
    order by created_at, id`,
};

export const enrollments = {
  name: "backtest-enrollments",
  text: `
    select id, contact_id, key, event_id, ${ms("entered_at")} as entered_at, ${ms("ended_at")} as ended_at
    from enrollment where contact_id = any($1::uuid[]) and flow_id = $2 and entered_at < $3
    order by entered_at, id`,
};

export const clicks = {
  name: "backtest-clicks",
  text: `
    select message_id, slot, ${ms("clicked_at")} as at from link
    where message_id = any($1::uuid[]) and clicked_at is not null order by clicked_at`,
};

/** What calls answered and when agents were done: the rows of the path at such steps, and the answers that were remembered. */
export const answers = {
  name: "backtest-answers",
  text: `
    select t.enrollment_id, t.node_id, t.visit, t.kind, t.handle, ${ms("t.at")} as at, e.state -> 'values' as values,
           t.detail ->> 'reason' as reason
    from trace t join enrollment e on e.id = t.enrollment_id
    where t.enrollment_id = any($1::uuid[]) and t.at >= $2 and t.node_id = any($3::text[]) and t.kind in ('waiting', 'left')
    order by t.enrollment_id, t.ordinal`,
};

export const identifies = {
  name: "backtest-identifies",
  text: `
    select contact_id, ${ms("received_at")} as at, properties from event
    where contact_id = any($1::uuid[]) and type = 'identify' order by received_at, id`,
};

/** Steps that write on people, of every flow: version and step by place in $2 and $3. */
export const writes = {
  name: "backtest-writes",
  text: `
    select e.contact_id, e.flow_id, t.version_id, t.node_id, ${ms("t.at")} as at
    from enrollment e join trace t on t.enrollment_id = e.id
    where e.contact_id = any($1::uuid[]) and e.version_id = any($2::uuid[]) and t.node_id = any($3::text[]) and t.kind = 'left'
    order by t.at`,
};
