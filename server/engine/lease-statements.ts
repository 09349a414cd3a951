import type { Statement } from "./query.ts";

/*
 * All times are clock_timestamp(), the database's time at this very statement: now() would be that of the transaction's begin,
 * and a batch that took long would believe in a lease that has run out.
 */

/** Names are given out one after another: two workers that start at once must not both become worker-1. */
export const lockNames: Statement = { name: "lease-names", text: "select pg_advisory_xact_lock(4207719003)" };

/** Takes the smallest free name and the next fencing token. A worker that had lost its lease keeps its row. */
export const register: Statement = {
  name: "lease-register",
  text: `
    insert into worker (id, name, host, fence, state, started_at, beat_at, lease_until)
    select $1::uuid, 'worker-' || free.number, $2, nextval('worker_fence'), $3, clock_timestamp(), clock_timestamp(),
           clock_timestamp() + make_interval(secs => $4)
    from (
      select min(number) as number from generate_series(1, (select count(*) + 1 from worker)) as number
      where not exists (select 1 from worker w where w.name = 'worker-' || number and w.state <> 'lost' and w.id <> $1)
    ) free
    on conflict (id) do update
    set name = excluded.name, fence = excluded.fence, state = excluded.state, beat_at = excluded.beat_at,
        lease_until = excluded.lease_until, taken_over_by = null, taken_over_at = null
    returning name, fence`,
};

/**
 * Renews the lease and writes what the worker has done. A lease that has run out is still its own until somebody takes it over:
 * both are updates of this one row, so only one of them happens.
 */
export const renew: Statement = {
  name: "lease-renew",
  text: `
    update worker
    set state = $3, beat_at = clock_timestamp(), lease_until = clock_timestamp() + make_interval(secs => $4), claimed = $5,
        signals_applied = $6, enrollments_opened = $7, messages_settled = $8, enrollments_per_second = $9, memory_bytes = $10
    where id = $1 and fence = $2 and state <> 'lost'
    returning id`,
};

/**
 * The fence: the last statement before a commit. The shared row lock holds a take-over back until the commit is through, and
 * where a take-over was first, Postgres reads the row anew and finds it lost.
 */
export const check: Statement = {
  name: "lease-check",
  text: "select from worker where id = $1 and fence = $2 and state <> 'lost' and lease_until > clock_timestamp() for share",
};

/** Takes every lease over that has run out, all at once. A row that its worker is just renewing is passed over. */
export const takeOver: Statement = {
  name: "lease-take-over",
  text: `
    with expired as (
      select id from worker where state <> 'lost' and lease_until < clock_timestamp() and id <> $1 for update skip locked
    )
    update worker w set state = 'lost', taken_over_by = $1, taken_over_at = clock_timestamp()
    from expired where w.id = expired.id
    returning w.id, w.name, w.host`,
};

/** Ends what a lost worker still has open, so that its locks on shards and rows are free at once. */
export const endConnections: Statement = {
  name: "lease-end-connections",
  text: `
    select count(*) filter (where pg_terminate_backend(pid))::integer as ended from pg_stat_activity
    where datname = current_database() and application_name = any($1::text[]) and pid <> pg_backend_pid()`,
};

export const countAlive: Statement = {
  name: "lease-count",
  text: "select count(*)::integer as workers from worker where state = 'working' and lease_until > clock_timestamp()",
};

export const release: Statement = { name: "lease-release", text: "delete from worker where id = $1 and fence = $2" };
