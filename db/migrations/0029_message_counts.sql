CREATE TABLE "message_change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"quarter" timestamp (3) with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid,
	"template" text,
	"language" text,
	"country" text,
	"version_id" uuid,
	"node_id" text,
	"channel_id" uuid,
	"purpose" text,
	"reason" text,
	"error_code" integer,
	"currency" text,
	"made" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"delivered" bigint NOT NULL,
	"read" bigint NOT NULL,
	"clicked" bigint NOT NULL,
	"replied" bigint NOT NULL,
	"tapped" bigint NOT NULL,
	"acted" bigint NOT NULL,
	"converted" bigint NOT NULL,
	"opted_out" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"limited" bigint NOT NULL,
	"skipped" bigint NOT NULL,
	"rated" bigint NOT NULL,
	"satisfied" bigint NOT NULL,
	"conversed" bigint NOT NULL,
	"automated" bigint NOT NULL,
	"cost_micros" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_credit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"queued_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"enrollment_id" uuid,
	"visit" integer,
	"score" smallint,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_day" (
	"day" date NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid,
	"template" text,
	"language" text,
	"country" text,
	"version_id" uuid,
	"node_id" text,
	"channel_id" uuid,
	"purpose" text,
	"reason" text,
	"error_code" integer,
	"currency" text,
	"made" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"delivered" bigint NOT NULL,
	"read" bigint NOT NULL,
	"clicked" bigint NOT NULL,
	"replied" bigint NOT NULL,
	"tapped" bigint NOT NULL,
	"acted" bigint NOT NULL,
	"converted" bigint NOT NULL,
	"opted_out" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"limited" bigint NOT NULL,
	"skipped" bigint NOT NULL,
	"rated" bigint NOT NULL,
	"satisfied" bigint NOT NULL,
	"conversed" bigint NOT NULL,
	"automated" bigint NOT NULL,
	"cost_micros" bigint NOT NULL,
	CONSTRAINT "message_day_key" UNIQUE NULLS NOT DISTINCT("workspace_id","day","flow_id","node_id","version_id","template","language","country","channel_id","purpose","reason","error_code","currency")
);
--> statement-breakpoint
CREATE TABLE "message_hour" (
	"day" date NOT NULL,
	"hour" smallint NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid,
	"template" text,
	"language" text,
	"country" text,
	"made" bigint NOT NULL,
	"sent" bigint NOT NULL,
	"delivered" bigint NOT NULL,
	"read" bigint NOT NULL,
	"clicked" bigint NOT NULL,
	"replied" bigint NOT NULL,
	"tapped" bigint NOT NULL,
	"acted" bigint NOT NULL,
	"converted" bigint NOT NULL,
	"opted_out" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"limited" bigint NOT NULL,
	"skipped" bigint NOT NULL,
	"rated" bigint NOT NULL,
	"satisfied" bigint NOT NULL,
	"conversed" bigint NOT NULL,
	"automated" bigint NOT NULL,
	"cost_micros" bigint NOT NULL,
	CONSTRAINT "message_hour_key" UNIQUE NULLS NOT DISTINCT("workspace_id","day","hour","flow_id","template","language","country")
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "version_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "tapped_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "converted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "opted_out_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "score" smallint;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "opens_conversation" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "handed_off_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "counted_zone" text;--> statement-breakpoint
CREATE INDEX "message_counted" ON "message" USING btree ("workspace_id",coalesce(sent_at, created_at)) WHERE status <> 'queued' and status <> 'sending';--> statement-breakpoint
-- What one message is counted as: the one place that says so (the measures are those of flow/metric.ts). No row while nobody has heard
-- of it: it may still leave, and would make every rate look worse than it is. Reading receipts may be switched off, so whoever acts has
-- read. A message that the provider took first and refused later counts as both. 131049 is WhatsApp's own cap for marketing.
CREATE FUNCTION message_counts(m message) RETURNS TABLE (
  quarter timestamptz, workspace_id uuid, flow_id uuid, template text, language text, country text, version_id uuid, node_id text,
  channel_id uuid, purpose text, reason text, error_code integer, currency text, made integer, sent integer, delivered integer,
  "read" integer, clicked integer, replied integer, tapped integer, acted integer, converted integer, opted_out integer, failed integer,
  limited integer, skipped integer, rated integer, satisfied integer, conversed integer, automated integer, cost_micros bigint
) LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT
    date_bin('15 minutes', coalesce(m.sent_at, m.created_at), '2000-01-01 00:00+00'::timestamptz),
    m.workspace_id, m.flow_id, m.template, m.language, m.country, m.version_id, m.node_id, m.channel_id, m.purpose,
    CASE WHEN m.status IN ('failed', 'skipped', 'unknown') THEN m.reason END,
    CASE WHEN m.status = 'failed' THEN m.error_code END,
    m.cost_currency,
    (m.direction = 'outbound')::integer,
    (m.direction = 'outbound' AND m.sent_at IS NOT NULL)::integer,
    (m.direction = 'outbound' AND m.sent_at IS NOT NULL AND coalesce(m.delivered_at, m.read_at, m.clicked_at, m.replied_at) IS NOT NULL)::integer,
    (m.direction = 'outbound' AND m.sent_at IS NOT NULL AND coalesce(m.read_at, m.clicked_at, m.replied_at) IS NOT NULL)::integer,
    (m.direction = 'outbound' AND coalesce(m.clicked_at <= m.sent_at + interval '72 hours', false))::integer,
    (m.direction = 'outbound' AND coalesce(m.replied_at <= m.sent_at + interval '72 hours', false))::integer,
    (m.direction = 'outbound' AND coalesce(m.tapped_at <= m.sent_at + interval '72 hours', false))::integer,
    (m.direction = 'outbound' AND coalesce(least(m.clicked_at, m.replied_at) <= m.sent_at + interval '72 hours', false))::integer,
    (m.direction = 'outbound' AND m.sent_at IS NOT NULL AND m.converted_at IS NOT NULL)::integer,
    (m.direction = 'outbound' AND m.sent_at IS NOT NULL AND m.opted_out_at IS NOT NULL)::integer,
    (m.direction = 'outbound' AND m.status = 'failed')::integer,
    (m.direction = 'outbound' AND m.status = 'failed' AND coalesce(m.error_code = 131049, false))::integer,
    (m.direction = 'outbound' AND m.status = 'skipped')::integer,
    (m.direction = 'outbound' AND m.score IS NOT NULL)::integer,
    (m.direction = 'outbound' AND coalesce(m.score >= 4, false))::integer,
    (m.direction = 'inbound')::integer,
    (m.direction = 'inbound' AND m.handed_off_at IS NULL)::integer,
    CASE WHEN m.direction = 'outbound' AND coalesce(m.delivered_at, m.read_at, m.clicked_at, m.replied_at) IS NOT NULL
              AND m.pricing_type IS DISTINCT FROM 'free_customer_service' AND m.pricing_type IS DISTINCT FROM 'free_entry_point'
         THEN coalesce(m.cost_micros, 0) ELSE 0 END
  WHERE m.status NOT IN ('queued', 'sending') AND (m.direction = 'outbound' OR m.opens_conversation)
$$;--> statement-breakpoint
-- Written in the transaction of the change, so that the counts are those of the rows whatever is killed, and a row that is committed late
-- is not missed. One statement writes many messages, and they come to a few rows here.
CREATE FUNCTION count_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_change (
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency, made, sent, delivered, read, clicked, replied, tapped, acted, converted, opted_out, failed,
    limited, skipped, rated, satisfied, conversed, automated, cost_micros)
  SELECT
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency,
    sum(made), sum(sent), sum(delivered), sum(read), sum(clicked), sum(replied), sum(tapped), sum(acted), sum(converted),
    sum(opted_out), sum(failed), sum(limited), sum(skipped), sum(rated), sum(satisfied), sum(conversed), sum(automated),
    sum(cost_micros)
  FROM (SELECT c.* FROM after_rows r CROSS JOIN LATERAL message_counts(ROW(r.*)::message) c) counted
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION count_changed_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_change (
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency, made, sent, delivered, read, clicked, replied, tapped, acted, converted, opted_out, failed,
    limited, skipped, rated, satisfied, conversed, automated, cost_micros)
  SELECT
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency,
    sum(sign * made), sum(sign * sent), sum(sign * delivered), sum(sign * read), sum(sign * clicked), sum(sign * replied),
    sum(sign * tapped), sum(sign * acted), sum(sign * converted), sum(sign * opted_out), sum(sign * failed),
    sum(sign * limited), sum(sign * skipped), sum(sign * rated), sum(sign * satisfied), sum(sign * conversed),
    sum(sign * automated), sum(sign * cost_micros)
  FROM (
    SELECT 1 AS sign, c.* FROM after_rows r CROSS JOIN LATERAL message_counts(ROW(r.*)::message) c
    UNION ALL
    SELECT -1, c.* FROM before_rows r CROSS JOIN LATERAL message_counts(ROW(r.*)::message) c
  ) both_ways
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
  HAVING row(
    sum(sign * made), sum(sign * sent), sum(sign * delivered), sum(sign * read), sum(sign * clicked), sum(sign * replied),
    sum(sign * tapped), sum(sign * acted), sum(sign * converted), sum(sign * opted_out), sum(sign * failed),
    sum(sign * limited), sum(sign * skipped), sum(sign * rated), sum(sign * satisfied), sum(sign * conversed),
    sum(sign * automated), sum(sign * cost_micros))
    <> row(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER message_made AFTER INSERT ON "message" REFERENCING NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_messages();--> statement-breakpoint
CREATE TRIGGER message_changed AFTER UPDATE ON "message" REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_messages();--> statement-breakpoint
-- A queue, and rows that are raised in place again and again (see 0006_storage).
ALTER TABLE "message_change" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "message_day" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);--> statement-breakpoint
ALTER TABLE "message_hour" SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
