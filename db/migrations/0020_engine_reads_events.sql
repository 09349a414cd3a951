ALTER TABLE "orphan_status" ADD COLUMN "error_class" text;--> statement-breakpoint
ALTER TABLE "orphan_status" ADD COLUMN "is_unreachable" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "signal_queue" ADD COLUMN "event_id" uuid;