ALTER TABLE "custom_metric" ALTER COLUMN "created_by" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "experiment" ALTER COLUMN "consent_by" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "experiment" ALTER COLUMN "started_by" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "experiment_log" ALTER COLUMN "actor" SET DATA TYPE text;