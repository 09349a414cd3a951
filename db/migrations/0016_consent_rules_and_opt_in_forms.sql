CREATE TABLE "opt_in_form" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	"purposes" text[] NOT NULL,
	"texts" jsonb NOT NULL,
	"privacy_url" text,
	"sign_ups" integer DEFAULT 0 NOT NULL,
	"confirmed" integer DEFAULT 0 NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "opt_in_sign_up" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"form_id" uuid NOT NULL,
	"confirm_code" text NOT NULL,
	"phone" text NOT NULL,
	"language" text NOT NULL,
	"wordings" jsonb NOT NULL,
	"ip_hash" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"contact_id" uuid
);
--> statement-breakpoint
DROP INDEX "outbox_person";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "budget_currency" text;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "consent_since" date;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "consent_exempt" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "stop_words" text[];--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "start_words" text[];--> statement-breakpoint
ALTER TABLE "opt_in_form" ADD CONSTRAINT "opt_in_form_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "opt_in_form_code" ON "opt_in_form" USING btree ("code");--> statement-breakpoint
CREATE INDEX "opt_in_form_workspace" ON "opt_in_form" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "opt_in_sign_up_code" ON "opt_in_sign_up" USING btree ("workspace_id","confirm_code");--> statement-breakpoint
CREATE INDEX "opt_in_sign_up_ip" ON "opt_in_sign_up" USING btree ("ip_hash","created_at");--> statement-breakpoint
CREATE INDEX "opt_in_sign_up_phone" ON "opt_in_sign_up" USING btree ("workspace_id","phone","created_at");--> statement-breakpoint
CREATE INDEX "opt_in_sign_up_form" ON "opt_in_sign_up" USING btree ("form_id","created_at");--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("contact_id","lane") WHERE status in ('queued', 'behind', 'held');