ALTER TABLE "flow" ADD COLUMN "released_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sending_released_at" timestamp (3) with time zone;