-- Counts of a day fit into four bytes, and hours are told apart by fewer things. All is counted anew: by the worker, as for another zone.
UPDATE "workspace" SET "counted_zone" = NULL;--> statement-breakpoint
TRUNCATE "message_hour";--> statement-breakpoint
CREATE TABLE "dashboard_report" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"rhythm" text NOT NULL,
	"told_until" date NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dashboard_report_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "message_hour" DROP CONSTRAINT "message_hour_key";--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "made" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "sent" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "delivered" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "read" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "clicked" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "replied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "tapped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "acted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "converted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "opted_out" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "failed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "limited" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "skipped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "rated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "satisfied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "conversed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_change" ALTER COLUMN "automated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "made" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "sent" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "delivered" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "read" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "clicked" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "replied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "tapped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "acted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "converted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "opted_out" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "failed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "limited" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "skipped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "rated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "satisfied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "conversed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_day" ALTER COLUMN "automated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "made" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "sent" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "delivered" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "read" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "clicked" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "replied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "tapped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "acted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "converted" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "opted_out" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "failed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "limited" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "skipped" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "rated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "satisfied" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "conversed" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "message_hour" ALTER COLUMN "automated" SET DATA TYPE integer;--> statement-breakpoint
ALTER TABLE "dashboard_report" ADD CONSTRAINT "dashboard_report_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dashboard_report" ADD CONSTRAINT "dashboard_report_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_hour" DROP COLUMN "language";--> statement-breakpoint
ALTER TABLE "message_hour" ADD CONSTRAINT "message_hour_key" UNIQUE NULLS NOT DISTINCT("workspace_id","day","hour","flow_id","template","country");