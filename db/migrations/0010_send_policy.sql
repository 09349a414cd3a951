CREATE TABLE "opt_in_link" (
	"code" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spending" (
	"workspace_id" uuid NOT NULL,
	"month" text NOT NULL,
	"currency" text NOT NULL,
	"micros" bigint NOT NULL,
	CONSTRAINT "spending_workspace_id_month_currency_pk" PRIMARY KEY("workspace_id","month","currency")
);
--> statement-breakpoint
CREATE TABLE "suppression" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"note" text NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppression_workspace_id_kind_value_pk" PRIMARY KEY("workspace_id","kind","value")
);
--> statement-breakpoint
ALTER TABLE "consent" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "budget_month" text;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "budget_micros" bigint;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "cap_per_window" integer;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "cap_window_days" smallint DEFAULT 7 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "collections_from" text DEFAULT '08:00' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "collections_to" text DEFAULT '19:00' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "collections_days" smallint[] DEFAULT '{1,2,3,4,5,6,7}' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "budget_micros" bigint;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "budget_currency" text DEFAULT 'USD' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "on_cap" text DEFAULT 'handle' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "on_quiet_hours" text DEFAULT 'later' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "on_budget" text DEFAULT 'later' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "suppressions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "consent_months" smallint;--> statement-breakpoint
ALTER TABLE "suppression" ADD CONSTRAINT "suppression_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "opt_in_link_contact" ON "opt_in_link" USING btree ("contact_id");