CREATE TABLE "dead_letter" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"enrollment_id" uuid,
	"payload" jsonb NOT NULL,
	"error" text NOT NULL,
	"attempts" smallint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "held_signal" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"shard" smallint NOT NULL,
	"flow_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_heartbeat" (
	"id" uuid PRIMARY KEY NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_due";--> statement-breakpoint
CREATE INDEX "dead_letter_page" ON "dead_letter" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "held_signal_flow" ON "held_signal" USING btree ("flow_id","id");--> statement-breakpoint
CREATE INDEX "held_signal_enrollment" ON "held_signal" USING btree ("enrollment_id","id");--> statement-breakpoint
CREATE INDEX "enrollment_waiting" ON "enrollment" USING btree ("contact_id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("workspace_id","lane","not_before") WHERE status = 'queued';