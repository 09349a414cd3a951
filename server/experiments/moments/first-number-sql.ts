import { type SQL, sql } from "drizzle-orm";
import type { Cohort } from "./cohort.ts";
import { messagesOf } from "./outcome-sql.ts";

/** The number that the first message to each person of a cohort left by, as a part of a statement: `first_sent(contact_id, channel_id)`. */
export const firstNumberSql = (cohort: Cohort): SQL => sql`
  first_sent as (
    select distinct on (c.contact_id) c.contact_id, m.channel_id
    ${messagesOf(cohort)} and m.channel_id is not null and m.sent_at is not null
    order by c.contact_id, m.sent_at, m.id
  )`;
