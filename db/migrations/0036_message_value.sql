ALTER TABLE "message" ADD COLUMN "value_minor" bigint;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "value_currency" text;--> statement-breakpoint
ALTER TABLE "message_change" ADD COLUMN "valued" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_change" ADD COLUMN "unpriced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_change" ADD COLUMN "value_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_credit" ADD COLUMN "value_minor" bigint;--> statement-breakpoint
ALTER TABLE "message_credit" ADD COLUMN "value_currency" text;--> statement-breakpoint
ALTER TABLE "message_day" ADD COLUMN "valued" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_day" ADD COLUMN "unpriced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_day" ADD COLUMN "value_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_hour" ADD COLUMN "valued" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_hour" ADD COLUMN "unpriced" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "message_hour" ADD COLUMN "value_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Messages without a known price were not counted as such: all is counted anew, by the worker, as for another zone.
UPDATE "workspace" SET "counted_zone" = NULL;--> statement-breakpoint
-- What one message is counted as: the one place that says so (the measures are those of flow/metric.ts). No row while nobody has heard
-- of it: it may still leave, and would make every rate look worse than it is. Reading receipts may be switched off, so whoever acts has
-- read. A message that the provider took first and refused later counts as both. 131049 is WhatsApp's own cap for marketing. What a goal
-- was worth is a row of its own, since a loan in pesos may have cost messages in dollars, and currencies are never added.
DROP FUNCTION message_counts(message);--> statement-breakpoint
CREATE FUNCTION message_counts(m message) RETURNS TABLE (
  quarter timestamptz, workspace_id uuid, flow_id uuid, template text, language text, country text, version_id uuid, node_id text,
  channel_id uuid, purpose text, reason text, error_code integer, currency text, made integer, sent integer, delivered integer,
  "read" integer, clicked integer, replied integer, tapped integer, acted integer, converted integer, opted_out integer, failed integer,
  limited integer, skipped integer, rated integer, satisfied integer, conversed integer, automated integer, valued integer,
  unpriced integer, cost_micros bigint, value_minor bigint
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
    0,
    (m.direction = 'outbound' AND coalesce(m.delivered_at, m.read_at, m.clicked_at, m.replied_at) IS NOT NULL AND m.cost_micros IS NULL
      AND m.pricing_type IS DISTINCT FROM 'free_customer_service' AND m.pricing_type IS DISTINCT FROM 'free_entry_point')::integer,
    CASE WHEN m.direction = 'outbound' AND coalesce(m.delivered_at, m.read_at, m.clicked_at, m.replied_at) IS NOT NULL
              AND m.pricing_type IS DISTINCT FROM 'free_customer_service' AND m.pricing_type IS DISTINCT FROM 'free_entry_point'
         THEN coalesce(m.cost_micros, 0) ELSE 0 END,
    0::bigint
  WHERE m.status NOT IN ('queued', 'sending') AND (m.direction = 'outbound' OR m.opens_conversation)
  UNION ALL
  SELECT
    date_bin('15 minutes', coalesce(m.sent_at, m.created_at), '2000-01-01 00:00+00'::timestamptz),
    m.workspace_id, m.flow_id, m.template, m.language, m.country, m.version_id, m.node_id, m.channel_id, m.purpose,
    CASE WHEN m.status IN ('failed', 'skipped', 'unknown') THEN m.reason END,
    CASE WHEN m.status = 'failed' THEN m.error_code END,
    m.value_currency,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0::bigint, m.value_minor
  WHERE m.value_minor IS NOT NULL AND m.converted_at IS NOT NULL AND m.sent_at IS NOT NULL AND m.direction = 'outbound'
    AND m.status NOT IN ('queued', 'sending')
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_change (
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency, made, sent, delivered, read, clicked, replied, tapped, acted, converted, opted_out, failed,
    limited, skipped, rated, satisfied, conversed, automated, valued, unpriced, cost_micros, value_minor)
  SELECT
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency,
    sum(made), sum(sent), sum(delivered), sum(read), sum(clicked), sum(replied), sum(tapped), sum(acted), sum(converted),
    sum(opted_out), sum(failed), sum(limited), sum(skipped), sum(rated), sum(satisfied), sum(conversed), sum(automated),
    sum(valued), sum(unpriced), sum(cost_micros), sum(value_minor)
  FROM (SELECT c.* FROM after_rows r CROSS JOIN LATERAL message_counts(ROW(r.*)::message) c) counted
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION count_changed_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO message_change (
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency, made, sent, delivered, read, clicked, replied, tapped, acted, converted, opted_out, failed,
    limited, skipped, rated, satisfied, conversed, automated, valued, unpriced, cost_micros, value_minor)
  SELECT
    quarter, workspace_id, flow_id, template, language, country, version_id, node_id, channel_id, purpose, reason,
    error_code, currency,
    sum(sign * made), sum(sign * sent), sum(sign * delivered), sum(sign * read), sum(sign * clicked), sum(sign * replied),
    sum(sign * tapped), sum(sign * acted), sum(sign * converted), sum(sign * opted_out), sum(sign * failed),
    sum(sign * limited), sum(sign * skipped), sum(sign * rated), sum(sign * satisfied), sum(sign * conversed),
    sum(sign * automated), sum(sign * valued), sum(sign * unpriced), sum(sign * cost_micros), sum(sign * value_minor)
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
    sum(sign * automated), sum(sign * valued), sum(sign * unpriced), sum(sign * cost_micros), sum(sign * value_minor))
    <> row(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  RETURN NULL;
END $$;
