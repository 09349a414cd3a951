import { type SQL, sql } from "drizzle-orm";
import { boundSql } from "#db/bound-sql.ts";
import type { customMetric } from "#db/schema/index.ts";
import { csatEvent } from "#flow/nodes/csat.ts";
import { ruleToSql } from "#flow/rule-sql.ts";
import { type Cohort, cohortSql, daysBefore, liesIn, type Span } from "./cohort.ts";
import { microsPerMinorSql } from "./micros-per-minor-sql.ts";

/** When of a message it counts: people may hide that they read, so who clicked or answered has read. */
export const moments = {
  sent: sql`coalesce(m.sent_at, m.delivered_at, m.read_at)`,
  delivered: sql`coalesce(m.delivered_at, m.read_at)`,
  read: sql`least(m.read_at, m.clicked_at, m.replied_at)`,
  click: sql`m.clicked_at`,
  reply: sql`m.replied_at`,
  button: sql`m.tapped_at`,
  failed: sql`m.failed_at`,
  limited: sql`case when m.error_code = 131049 then m.failed_at end`,
  skipped: sql`case when m.status = 'skipped' then m.created_at end`,
} as const;

/**
 * Metrics of flow/metric.ts that an experiment can be measured by. The others count conversations or messages, of which a person may
 * have had some before.
 */
export const measurable = [
  ...(Object.keys(moments) as (keyof typeof moments)[]),
  "conversion",
  "value",
  "opt-out",
  "csat",
  "cost",
  "cost-per-conversion",
] as const;
export type Measurable = (typeof measurable)[number];

export const isMeasurable = (id: string): id is Measurable => (measurable as readonly string[]).includes(id);

export type CustomMetricRow = typeof customMetric.$inferSelect;
export type MetricSource = Measurable | CustomMetricRow;

/**
 * What each person of a cohort did, as `(contact_id, y, d, at)`: one row for who did anything. `y` is what is summed, `d` what it is
 * divided by where the metric is a ratio, `at` the first time. Before the assignment the messages of all flows count: this one had sent none.
 */
export function outcomeSql(source: MetricSource, cohort: Cohort, span: Span): SQL {
  if (typeof source !== "string") return customSql(source, cohort, span);
  switch (source) {
    case "conversion":
      return sql`select c.contact_id, 1 as y, 0 as d, min(e.goal_at) as at ${converted(cohort, span)} group by 1`;
    case "value":
      return sql`
        with ${toldSql(cohort, span)}
        select contact_id, sum(minor * ${microsPerMinorSql(sql`currency`)}) as y, 0 as d, min(at) as at
        from told where currency = ${toldCurrency} group by 1`;
    case "opt-out":
      return sql`
        select c.contact_id, 1 as y, 0 as d, min(o.at) as at
        from cohort c join consent o on o.contact_id = c.contact_id and o.state = 'withdrawn' and ${liesIn(sql`o.at`, span)}
        group by 1`;
    case "csat":
      return sql`
        select c.contact_id, count(*) filter (where e.properties->>'verdict' = 'positive') as y, count(*) as d, min(e.occurred_at) as at
        from cohort c join event e on e.contact_id = c.contact_id and ${eventsOf(cohort, csatEvent, span)}
        group by 1`;
    case "cost":
      return sql`select contact_id, y, 0 as d, at from (${spentSql(cohort, span)}) spent`;
    case "cost-per-conversion":
      return sql`
        select contact_id, sum(y) as y, sum(d) as d, min(at) as at from (
          select contact_id, y, 0 as d, at from (${spentSql(cohort, span)}) spent
          union all
          select c.contact_id, 0, 1, min(e.goal_at) ${converted(cohort, span)} group by 1
        ) both_of_them group by 1`;
    default: {
      const moment = moments[source];
      return sql`
        select c.contact_id, 1 as y, 0 as d, min(${moment}) as at ${messagesIn(cohort, span)} and ${liesIn(moment, span)} group by 1`;
    }
  }
}

/** The moment of a message that a metric counts; null where it counts something else. */
export const messageMoment = (source: MetricSource): SQL | null =>
  typeof source === "string" && source in moments ? moments[source as keyof typeof moments] : null;

/** Messages of the flow to a person since they were assigned. */
export const messagesOf = ({ flowId }: Cohort): SQL => sql`
  from cohort c join message m on m.contact_id = c.contact_id and m.flow_id = ${flowId} and m.direction = 'outbound' and m.created_at >= c.at`;

const messagesIn = (cohort: Cohort, span: Span): SQL =>
  span === "before"
    ? sql`from cohort c join message m on m.contact_id = c.contact_id and m.direction = 'outbound' and ${liesIn(sql`m.created_at`, span)}`
    : messagesOf(cohort);

const converted = ({ flowId }: Cohort, span: Span): SQL => sql`
  from cohort c join enrollment e on e.contact_id = c.contact_id and e.flow_id = ${flowId} and ${liesIn(sql`e.goal_at`, span)}`;

/** What goals were worth that told it, as a part of a statement beside the cohort: `told(contact_id, currency, minor, at)`. */
const toldSql = (cohort: Cohort, span: Span): SQL => sql`
  told as materialized (
    select c.contact_id, e.state->'goalValue'->>'currency' as currency, (e.state->'goalValue'->>'amountMinor')::numeric as minor, e.goal_at as at
    ${converted(cohort, span)} and e.state ? 'goalValue'
  )`;

/** Of several currencies the one that most of them told. */
const toldCurrency = sql`(select currency from told group by 1 order by count(*) desc, 1 limit 1)`;

/** The currency in which goals of a cohort are valued, as a statement of its own: `currency`, null where none told an amount. */
export const valueCurrencySql = (cohort: Cohort, windowHours: number): SQL => sql`
  with ${cohortSql(cohort)}, ${toldSql(cohort, windowHours)} select ${toldCurrency} as currency`;

/** In millionths of a currency unit: what arrived costs. Of several currencies the one that most messages are charged in counts. */
const spentSql = (cohort: Cohort, span: Span): SQL => sql`
  select c.contact_id, sum(m.cost_micros) as y, min(m.delivered_at) as at
  ${messagesIn(cohort, span)} and ${liesIn(sql`coalesce(m.delivered_at, m.read_at)`, span)}
    and m.cost_currency = ${currencySql(cohort)}
  group by 1`;

/** The currency that most of a flow's messages since then are charged in. */
export const currencySql = ({ flowId, since }: Cohort): SQL => sql`(
  select cost_currency from message
  where flow_id = ${flowId} and created_at >= ${since.toISOString()}::timestamptz and cost_currency is not null
  group by 1 order by count(*) desc, 1 limit 1)`;

/** An event that came late counts by when it happened; the days of storage are left out by when we were told. */
const eventsOf = ({ workspaceId, since }: Cohort, name: string, span: Span): SQL => sql`
  e.workspace_id = ${workspaceId} and e.name = ${name}
  and e.received_at >= ${since.toISOString()}::timestamptz ${span === "before" ? sql`- ${`${daysBefore} days`}::interval` : sql``}
  and ${liesIn(sql`e.occurred_at`, span)}`;

function customSql(metric: CustomMetricRow, cohort: Cohort, span: Span): SQL {
  const holds = boundSql(ruleToSql(metric.rule, { event: "e.properties" }));
  const amount = metric.measure === "sum" ? valueSql(metric.path ?? "") : sql`1`;
  const y = metric.measure === "happened" ? sql`1` : sql`sum(${amount})`;
  return sql`
    select c.contact_id, ${y} as y, 0 as d, min(e.occurred_at) as at
    from cohort c join event e on e.contact_id = c.contact_id and ${eventsOf(cohort, metric.event, span)} and ${holds}
    group by 1`;
}

/** The number at a path of the event; nothing where there is none. */
function valueSql(path: string): SQL {
  const keys = path.split(".").slice(1);
  const value = sql`(e.properties #> ${sql.param(keys)}::text[])`;
  return sql`(case when jsonb_typeof(${value}) = 'number' then (${value} #>> '{}')::numeric else 0 end)`;
}
