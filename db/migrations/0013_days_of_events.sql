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
