DROP INDEX "raw_webhook_open";--> statement-breakpoint
ALTER TABLE "orphan_status" ADD COLUMN "error_code" integer;--> statement-breakpoint
ALTER TABLE "orphan_status" ADD COLUMN "error_detail" text;--> statement-breakpoint
CREATE UNIQUE INDEX "orphan_status_once" ON "orphan_status" USING btree ("channel_id","wamid","status");--> statement-breakpoint
CREATE INDEX "orphan_status_age" ON "orphan_status" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "raw_webhook_open" ON "raw_webhook" USING btree ("channel_id","received_at","id") WHERE processed_at is null;