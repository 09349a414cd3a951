-- Written once or twice for each message and worth nothing after a crash: no write-ahead log, and room for updates in place.
ALTER TABLE "channel_pace" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "pair_pace" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "channel_pace" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "pair_pace" SET (fillfactor = 70);--> statement-breakpoint
-- Queues: a row lives for moments, so the table is nothing but dead rows if nobody cleans up. By Postgres' own settings a fifth of the
-- table may be dead, and the cleaner sleeps in between (docs/decisions/010-storage.md has the measurements).
ALTER TABLE "signal_queue" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "outbox" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "held_signal" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "raw_webhook" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "webhook_call" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "webhook_key" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
-- Written again and again in place: room on each page keeps an update on it and off the indexes.
ALTER TABLE "worker" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);--> statement-breakpoint
ALTER TABLE "cap_counter" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
-- Large, with an update or two for each row: a fifth of ten million is two million dead rows.
ALTER TABLE "message" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000);--> statement-breakpoint
ALTER TABLE "enrollment" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000);--> statement-breakpoint
ALTER TABLE "contact" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_limit = 2000);--> statement-breakpoint
-- Events and paths, one table a day from tomorrow on: a day that is old enough is dropped at once instead of deleted row by row
-- (docs/decisions/010-storage.md). What is there stays where it is and becomes the first part; what no day was made for goes to "rest".
-- A worker makes the days ahead and drops the old ones (server/engine/storage/).
ALTER TABLE "event" RENAME TO "event_before";--> statement-breakpoint
ALTER TABLE "event_before" RENAME CONSTRAINT "event_id_received_at_pk" TO "event_before_pk";--> statement-breakpoint
ALTER INDEX "event_contact" RENAME TO "event_before_contact";--> statement-breakpoint
CREATE TABLE "event" (LIKE "event_before" INCLUDING DEFAULTS) PARTITION BY RANGE ("received_at");--> statement-breakpoint
ALTER TABLE "event" ADD CONSTRAINT "event_id_received_at_pk" PRIMARY KEY("id","received_at");--> statement-breakpoint
CREATE INDEX "event_contact" ON "event" USING btree ("contact_id","received_at");--> statement-breakpoint
ALTER TABLE "trace" RENAME TO "trace_before";--> statement-breakpoint
ALTER TABLE "trace_before" RENAME CONSTRAINT "trace_enrollment_id_ordinal_at_pk" TO "trace_before_pk";--> statement-breakpoint
CREATE TABLE "trace" (LIKE "trace_before" INCLUDING DEFAULTS) PARTITION BY RANGE ("at");--> statement-breakpoint
ALTER TABLE "trace" ADD CONSTRAINT "trace_enrollment_id_ordinal_at_pk" PRIMARY KEY("enrollment_id","ordinal","at");--> statement-breakpoint
DO $$
DECLARE
  edge timestamptz;
BEGIN
  -- A demo's clock may have run ahead of the database's.
  SELECT date_trunc('day', greatest(now(), max(received_at)), 'UTC') + interval '1 day' INTO edge FROM event_before;
  EXECUTE format('ALTER TABLE event ATTACH PARTITION event_before FOR VALUES FROM (MINVALUE) TO (%L)', edge);
  SELECT date_trunc('day', greatest(now(), max(at)), 'UTC') + interval '1 day' INTO edge FROM trace_before;
  EXECUTE format('ALTER TABLE trace ATTACH PARTITION trace_before FOR VALUES FROM (MINVALUE) TO (%L)', edge);
END $$;--> statement-breakpoint
CREATE TABLE "event_rest" PARTITION OF "event" DEFAULT;--> statement-breakpoint
CREATE TABLE "trace_rest" PARTITION OF "trace" DEFAULT;
