/** Columns of `message_counts` and of the tables that add it up (db/schema/message-tally.ts), as SQL lists. */
export const coarse = "flow_id, template, country";
export const fine = `${coarse}, language, version_id, node_id, channel_id, purpose, reason, error_code, currency`;

const measures = [
  "made",
  "sent",
  "delivered",
  "read",
  "clicked",
  "replied",
  "tapped",
  "acted",
  "converted",
  "opted_out",
  "failed",
  "limited",
  "skipped",
  "rated",
  "satisfied",
  "conversed",
  "automated",
  "valued",
  "unpriced",
  "cost_micros",
  "value_minor",
] as const;

export const counts = measures.join(", ");
export const sums = measures.map((measure) => `sum(${measure}) as ${measure}`).join(", ");

const added = (table: string) => measures.map((name) => `${name} = ${table}.${name} + excluded.${name}`).join(", ");

/** What a clock in the zone says at a row's `quarter`. */
export const localTime = (zone: string): string =>
  `(quarter at time zone ${zone})::date as day, extract(hour from quarter at time zone ${zone})::smallint as hour`;

/**
 * The statements, for a `with`, that add the rows of `counted` (workspace, day, hour, dimensions, counts) to both tables. In the order of
 * the key, as everybody who writes there.
 */
export const addCounted = `
  by_hour as (
    insert into message_hour (workspace_id, day, hour, ${coarse}, ${counts})
    select workspace_id, day, hour, ${coarse}, ${sums} from counted group by workspace_id, day, hour, ${coarse}
    on conflict (workspace_id, day, hour, ${coarse}) do update set ${added("message_hour")}
  ), by_day as (
    insert into message_day (workspace_id, day, ${fine}, ${counts})
    select workspace_id, day, ${fine}, ${sums} from counted group by workspace_id, day, ${fine}
    on conflict (workspace_id, day, flow_id, node_id, version_id, template, language, country, channel_id, purpose, reason, error_code,
                 currency)
    do update set ${added("message_day")}
  )`;
