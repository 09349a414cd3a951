CREATE TABLE "test_number" (
	"contact_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "orphan_status" ADD COLUMN "pricing" jsonb;--> statement-breakpoint
ALTER TABLE "test_number" ADD CONSTRAINT "test_number_contact_id_contact_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contact"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "test_number_workspace" ON "test_number" USING btree ("workspace_id");