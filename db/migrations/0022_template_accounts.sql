CREATE TABLE "template_account" (
	"template_id" uuid NOT NULL,
	"language" text NOT NULL,
	"account_id" text NOT NULL,
	"workspace_id" uuid NOT NULL,
	"status" text NOT NULL,
	"status_reason" text,
	"provider_id" text,
	"quality" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_account_template_id_language_account_id_pk" PRIMARY KEY("template_id","language","account_id")
);
--> statement-breakpoint
ALTER TABLE "template_account" ADD CONSTRAINT "template_account_language" FOREIGN KEY ("template_id","language") REFERENCES "public"."template_language"("template_id","language") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "template_account_provider" ON "template_account" USING btree ("provider_id");--> statement-breakpoint
CREATE INDEX "template_account_workspace" ON "template_account" USING btree ("workspace_id");--> statement-breakpoint
-- What is with the provider so far is with the account of the number that sends.
INSERT INTO "template_account" ("template_id", "language", "account_id", "workspace_id", "status", "status_reason", "provider_id", "quality", "updated_at")
SELECT l."template_id", l."language", c."account_id", l."workspace_id", l."status", l."status_reason", l."provider_id", l."quality", l."updated_at"
FROM "template_language" l
CROSS JOIN LATERAL (
  SELECT "account_id" FROM "channel" WHERE "workspace_id" = l."workspace_id" ORDER BY ("status" = 'connected') DESC, "created_at", "id" LIMIT 1
) c
WHERE l."status" IN ('submitted', 'approved', 'rejected', 'paused', 'disabled');
