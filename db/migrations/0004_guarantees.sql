CREATE SEQUENCE "public"."worker_fence" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"workspace_id" uuid NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" smallint,
	"answer" text,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_key_workspace_id_route_key_pk" PRIMARY KEY("workspace_id","route","key")
);
--> statement-breakpoint
CREATE TABLE "orphan_status" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"wamid" text NOT NULL,
	"ref" text,
	"status" text NOT NULL,
	"error_code" integer,
	"error_detail" text,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channel_pace" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"filled_at" timestamp (3) with time zone NOT NULL,
	"rest_until" timestamp (3) with time zone,
	"told_until" timestamp (3) with time zone,
	"slow_to" real DEFAULT 1 NOT NULL,
	"slowed_at" timestamp (3) with time zone,
	"failures" smallint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pair_pace" (
	"channel_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"busy_until" timestamp (3) with time zone,
	CONSTRAINT "pair_pace_channel_id_contact_id_pk" PRIMARY KEY("channel_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "portfolio" (
	"workspace_id" uuid NOT NULL,
	"id" text NOT NULL,
	"people_per_day" integer,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "portfolio_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "portfolio_person" (
	"workspace_id" uuid NOT NULL,
	"portfolio_id" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "portfolio_person_workspace_id_portfolio_id_contact_id_pk" PRIMARY KEY("workspace_id","portfolio_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "backlog_sample" (
	"at" timestamp (3) with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"waiting" integer NOT NULL,
	"oldest_ms" integer NOT NULL,
	CONSTRAINT "backlog_sample_at_workspace_id_lane_pk" PRIMARY KEY("at","workspace_id","lane")
);
--> statement-breakpoint
CREATE TABLE "lane_sample" (
	"at" timestamp (3) with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"worker_id" uuid NOT NULL,
	"sent" integer NOT NULL,
	"failed" integer NOT NULL,
	"waits" integer[] NOT NULL,
	CONSTRAINT "lane_sample_at_workspace_id_lane_worker_id_pk" PRIMARY KEY("at","workspace_id","lane","worker_id")
);
--> statement-breakpoint
CREATE TABLE "lane_total" (
	"workspace_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"sent" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"waits" bigint[] NOT NULL,
	"waited_ms" bigint NOT NULL,
	CONSTRAINT "lane_total_workspace_id_lane_pk" PRIMARY KEY("workspace_id","lane")
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"host" text NOT NULL,
	"fence" bigint NOT NULL,
	"state" text DEFAULT 'working' NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"taken_over_by" uuid,
	"taken_over_at" timestamp (3) with time zone,
	"claimed" integer DEFAULT 0 NOT NULL,
	"signals_applied" bigint DEFAULT 0 NOT NULL,
	"enrollments_opened" bigint DEFAULT 0 NOT NULL,
	"messages_settled" bigint DEFAULT 0 NOT NULL,
	"enrollments_per_second" integer DEFAULT 0 NOT NULL,
	"memory_bytes" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
DROP INDEX "enrollment_contact";--> statement-breakpoint
DROP INDEX "message_enrollment";--> statement-breakpoint
DROP INDEX "outbox_visit";--> statement-breakpoint
DROP INDEX "raw_webhook_open";--> statement-breakpoint
DROP INDEX "enrollment_once";--> statement-breakpoint
DROP INDEX "enrollment_flow";--> statement-breakpoint
DROP INDEX "message_wamid";--> statement-breakpoint
ALTER TABLE "dead_letter" ADD COLUMN "flow_id" uuid;--> statement-breakpoint
ALTER TABLE "dead_letter" ADD COLUMN "node_id" text;--> statement-breakpoint
ALTER TABLE "channel" ADD COLUMN "portfolio_id" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "holds_back" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "channel_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "content" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "checks" jsonb;--> statement-breakpoint
ALTER TABLE "access_key" ADD COLUMN "events_per_second" integer;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sending_held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sending_held_by" uuid;--> statement-breakpoint
CREATE INDEX "idempotency_key_age" ON "idempotency_key" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "orphan_status_page" ON "orphan_status" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "orphan_status_once" ON "orphan_status" USING btree ("channel_id","wamid","status");--> statement-breakpoint
CREATE INDEX "orphan_status_age" ON "orphan_status" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "portfolio_person_oldest" ON "portfolio_person" USING btree ("workspace_id","portfolio_id","last_at");--> statement-breakpoint
CREATE INDEX "raw_webhook_failed" ON "raw_webhook" USING btree ("workspace_id","received_at") WHERE error is not null;--> statement-breakpoint
CREATE INDEX "webhook_call_failed" ON "webhook_call" USING btree ("workspace_id","id") WHERE status = 'failed';--> statement-breakpoint
CREATE UNIQUE INDEX "message_visit" ON "message" USING btree ("enrollment_id","visit") WHERE direction = 'outbound';--> statement-breakpoint
CREATE INDEX "outbox_behind_due" ON "outbox" USING btree ("workspace_id","lane","not_before") WHERE status = 'behind';--> statement-breakpoint
CREATE INDEX "outbox_behind" ON "outbox" USING btree ("contact_id") WHERE status = 'behind';--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("contact_id","lane") WHERE status in ('queued', 'behind');--> statement-breakpoint
CREATE INDEX "outbox_expiry" ON "outbox" USING btree ("expires_at") WHERE expires_at is not null and status in ('queued', 'behind');--> statement-breakpoint
CREATE INDEX "raw_webhook_open" ON "raw_webhook" USING btree ("channel_id","received_at","id") WHERE processed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "enrollment_once" ON "enrollment" USING btree ("contact_id","flow_id","key","event_id");--> statement-breakpoint
CREATE INDEX "enrollment_flow" ON "enrollment" USING btree ("flow_id","node_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "message_wamid" ON "message" USING btree ("wamid") WHERE wamid is not null;