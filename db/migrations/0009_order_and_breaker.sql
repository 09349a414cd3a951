DROP INDEX "message_wamid";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "holds_back" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "channel_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "content" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "checks" jsonb;--> statement-breakpoint
ALTER TABLE "channel_pace" ADD COLUMN "told_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "channel_pace" ADD COLUMN "slow_to" real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "channel_pace" ADD COLUMN "slowed_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "outbox_behind" ON "outbox" USING btree ("contact_id") WHERE status = 'behind';--> statement-breakpoint
CREATE INDEX "outbox_holds_back" ON "outbox" USING btree ("contact_id","lane") WHERE holds_back;--> statement-breakpoint
CREATE INDEX "outbox_expiry" ON "outbox" USING btree ("expires_at") WHERE expires_at is not null and status in ('queued', 'behind');--> statement-breakpoint
CREATE INDEX "portfolio_person_oldest" ON "portfolio_person" USING btree ("workspace_id","portfolio_id","last_at");--> statement-breakpoint
CREATE INDEX "message_wamid" ON "message" USING btree ("wamid") WHERE wamid is not null;