DROP INDEX "outbox_lease";--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "trace_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "held_flow_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "cap_day" text;--> statement-breakpoint
CREATE INDEX "outbox_held" ON "outbox" USING btree ("held_flow_id") WHERE held_flow_id is not null;--> statement-breakpoint
CREATE INDEX "outbox_lease" ON "outbox" USING btree ("lease_until") WHERE status in ('sending', 'unknown');