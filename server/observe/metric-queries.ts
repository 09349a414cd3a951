import { type SQL, sql } from "drizzle-orm";

type Give = { column: string; name: string; help: string; type: "gauge" | "counter" };

/** A statement and what its columns are called in Prometheus. */
export type Family = {
  query: SQL;
  gives: Give[];
  /** From the columns buckets, total (milliseconds) and count. */
  histogram?: { name: string; help: string };
};

const gauge = (column: string, name: string, help: string): Give => ({ column, name, help, type: "gauge" });
const counter = (column: string, name: string, help: string): Give => ({ column, name, help, type: "counter" });

const laneName = sql`(array['fraud', 'transaction', 'service', 'marketing'])[lane + 1] as lane`;

/** All statements of a scrape; each is an index probe, a few ranges, or a table of few rows. `now` is the product's time. */
export const families = (now: string): Family[] => [
  ...laneFamilies(now),
  ...troubleFamilies(now),
  ...channelFamilies(),
  ...workerFamilies(),
  ...databaseFamilies(),
];

const laneFamilies = (now: string): Family[] => [
  {
    // Also lanes without a backlog: a series that comes and goes cannot be alerted on.
    query: sql`
      select w.id as workspace, ${laneName}, backlog.waiting, backlog.oldest
      from workspace w cross join (values (0), (1), (2), (3)) as lanes(lane)
      cross join lateral (
        select count(*) as waiting, coalesce(extract(epoch from ${now}::timestamptz - min(not_before)), 0) as oldest
        from (
          select not_before from outbox o
          where status = 'queued' and workspace_id = w.id and o.lane = lanes.lane and not_before <= ${now}
          union all
          select not_before from outbox o
          where status = 'behind' and workspace_id = w.id and o.lane = lanes.lane and not_before <= ${now}
        ) rows
      ) backlog`,
    gives: [
      gauge("waiting", "chasqui_lane_backlog_messages", "Messages that may leave now and have not left."),
      gauge("oldest", "chasqui_lane_oldest_age_seconds", "How long the oldest of them has been allowed to leave."),
    ],
  },
  {
    query: sql`
      select ${laneName}, promise from (values (0, 2), (1, 5), (2, 30), (3, 3600)) as promises(lane, promise)`,
    gives: [gauge("promise", "chasqui_lane_promise_seconds", "Within this time a message of the lane should leave.")],
  },
  {
    query: sql`
      select workspace_id as workspace, ${laneName}, outcome, messages
      from lane_total cross join lateral (values ('sent', sent), ('failed', failed)) as outcomes(outcome, messages)`,
    gives: [
      counter(
        "messages",
        "chasqui_messages_total",
        "Messages whose sending is over; failed counts unknown outcomes too.",
      ),
    ],
  },
  {
    query: sql`
      select workspace_id as workspace, ${laneName}, to_json(waits) as buckets, waited_ms as total, sent as count from lane_total`,
    gives: [],
    histogram: {
      name: "chasqui_message_wait_seconds",
      help: "From the moment a message might leave to the provider's answer.",
    },
  },
  {
    query: sql`select id as workspace, (sending_held_at is not null)::integer as held from workspace`,
    gives: [gauge("held", "chasqui_sending_held", "1 while a person holds all sending of the workspace.")],
  },
];

const troubleFamilies = (now: string): Family[] => [
  {
    query: sql`
      select w.id as workspace,
        (select count(*) from outbox where workspace_id = w.id and status = 'unknown') as unknown,
        (select count(*) from outbox where workspace_id = w.id and status = 'sending') as sending,
        (select count(*) from dead_letter where workspace_id = w.id) as dead,
        (select count(*) from orphan_status where workspace_id = w.id) as orphans,
        (select count(*) from raw_webhook where workspace_id = w.id and error is not null) as unread
      from workspace w`,
    gives: [
      gauge("unknown", "chasqui_messages_unknown", "Messages whose outcome is unknown and that wait for a status."),
      gauge("sending", "chasqui_messages_sending", "Messages claimed by a worker and not yet settled."),
      gauge("dead", "chasqui_dead_letters", "Signals that could not be applied and wait for a person."),
      gauge("orphans", "chasqui_orphan_statuses", "Statuses of messages that are not ours, of the last 8 days."),
      gauge("unread", "chasqui_webhooks_unread", "Calls of the provider that could not be read."),
    ],
  },
  {
    query: sql`
      select (select count(*) from signal_queue) as signals,
        coalesce((select extract(epoch from now() - created_at) from signal_queue order by sequence limit 1), 0) as oldest,
        (select count(*) from raw_webhook where processed_at is null) as webhooks,
        coalesce((select extract(epoch from ${now}::timestamptz - received_at) from raw_webhook where processed_at is null
          order by received_at limit 1), 0) as "oldestWebhook",
        (select count(*) from webhook_call where status in ('queued', 'calling')) as calls,
        greatest(0, coalesce((select extract(epoch from ${now}::timestamptz - not_before) from webhook_call
          where status in ('queued', 'calling') order by not_before limit 1), 0)) as "oldestCall",
        (select count(*) from turn) as turns`,
    gives: [
      gauge("signals", "chasqui_signals_queued", "Events, answers and statuses that the engine has yet to apply."),
      gauge("oldest", "chasqui_signals_oldest_age_seconds", "Age of the oldest of them."),
      gauge("webhooks", "chasqui_webhooks_queued", "Calls of the provider that were stored and not yet read."),
      gauge("oldestWebhook", "chasqui_webhooks_oldest_age_seconds", "Age of the oldest of them."),
      gauge("calls", "chasqui_calls_queued", "Calls of webhook steps that are to be made or under way."),
      gauge("oldestCall", "chasqui_calls_overdue_seconds", "How long the oldest of them has been due."),
      gauge(
        "turns",
        "chasqui_turns_queued",
        "People in the lines of throttle steps, with those who have left meanwhile.",
      ),
    ],
  },
];

const channelFamilies = (): Family[] => [
  {
    query: sql`
      select c.workspace_id as workspace, c.id as channel, (c.status = 'connected')::integer as connected,
        c.messages_per_second as rate, coalesce(greatest(p.rest_until, p.told_until) > now(), false)::integer as resting
      from channel c left join channel_pace p on p.channel_id = c.id`,
    gives: [
      gauge("connected", "chasqui_channel_connected", "0 while a number is paused."),
      gauge("resting", "chasqui_channel_resting", "1 while nothing leaves after failures or a Retry-After."),
      gauge("rate", "chasqui_channel_rate_limit", "Messages per second that the number may send."),
    ],
  },
  {
    query: sql`select workspace_id as workspace, id as portfolio, used, people_per_day as most from portfolio`,
    gives: [
      gauge("used", "chasqui_portfolio_people", "People written to outside their windows within 24 hours."),
      gauge("most", "chasqui_portfolio_people_limit", "As many as the provider allows; no sample: no limit."),
    ],
  },
];

const workerFamilies = (): Family[] => [
  {
    query: sql`
      select states.state, (select count(*) from worker w
        where w.beat_at > now() - interval '1 hour'
          and case when w.lease_until <= now() then 'lost' else w.state end = states.state) as workers
      from (values ('working'), ('stopping'), ('lost')) as states(state)`,
    gives: [gauge("workers", "chasqui_workers", "Workers by state; lost ones of the last hour.")],
  },
  {
    query: sql`
      select id as worker, name, host, greatest(0, extract(epoch from lease_until - now())) as lease, claimed,
        signals_applied as signals, enrollments_opened as enrollments, messages_settled as messages, memory_bytes as memory
      from worker where state <> 'lost' and lease_until > now()`,
    gives: [
      gauge("lease", "chasqui_worker_lease_seconds", "What is left of the worker's lease."),
      gauge("claimed", "chasqui_worker_claimed", "Signals under way, and messages claimed and not yet settled."),
      counter("signals", "chasqui_worker_signals_total", "Signals applied since the worker began."),
      counter("enrollments", "chasqui_worker_enrollments_total", "Enrollments opened since the worker began."),
      counter("messages", "chasqui_worker_messages_total", "Messages settled since the worker began."),
      gauge("memory", "chasqui_worker_memory_bytes", "Resident memory of the worker's process."),
    ],
  },
  {
    // The index holds exactly these; its row count is the planner's, and counting a million would cost each scrape a tenth of a second.
    query: sql`select greatest(0, reltuples) as waiting from pg_class where relname = 'enrollment_waiting'`,
    gives: [
      gauge(
        "waiting",
        "chasqui_enrollments_waiting_estimate",
        "People waiting in flows, as of the last vacuum or analyze.",
      ),
    ],
  },
];

const databaseFamilies = (): Family[] => [
  {
    query: sql`
      select pg_database_size(current_database()) as bytes, current_setting('max_connections') as most,
        (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
        (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend') as oldest`,
    gives: [
      gauge("bytes", "chasqui_database_size_bytes", "Size of the database on disk."),
      gauge("connections", "chasqui_database_connections", "Open connections of the server."),
      gauge("most", "chasqui_database_connections_limit", "max_connections."),
      gauge("oldest", "chasqui_database_oldest_transaction_seconds", "Age of the oldest open transaction."),
    ],
  },
  {
    query: sql`
      select coalesce(parent.relname, s.relname) as table, sum(pg_total_relation_size(s.relid)) as bytes,
        sum(s.n_live_tup) as rows, sum(s.n_dead_tup) as dead
      from pg_stat_user_tables s
      left join pg_inherits i on i.inhrelid = s.relid left join pg_class parent on parent.oid = i.inhparent
      where s.schemaname = 'public' group by 1`,
    gives: [
      gauge("bytes", "chasqui_table_size_bytes", "Size of a table with its indexes, partitions added up."),
      gauge("rows", "chasqui_table_rows", "Live rows, as the server estimates them."),
      gauge("dead", "chasqui_table_dead_rows", "Dead rows that vacuum has not yet freed."),
    ],
  },
];
