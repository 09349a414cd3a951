ALTER TABLE "approval_comment" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "approval_comment" ADD COLUMN "resolved_by" text;