CREATE TABLE "contact_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"state" text NOT NULL,
	"columns" jsonb NOT NULL,
	"mapping" jsonb,
	"consent" jsonb,
	"rows" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"without_consent" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"stopped_by" uuid
);
--> statement-breakpoint
CREATE TABLE "contact_import_row" (
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"state" text NOT NULL,
	"finding" jsonb,
	"outcome" text,
	"contact_id" uuid,
	CONSTRAINT "contact_import_row_import_id_row_pk" PRIMARY KEY("import_id","row")
);
--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import_row" ADD CONSTRAINT "contact_import_row_import_id_contact_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."contact_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_import_workspace" ON "contact_import" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "contact_import_running" ON "contact_import" USING btree ("id") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "contact_import_row_contact" ON "contact_import_row" USING btree ("import_id","contact_id");--> statement-breakpoint
CREATE INDEX "contact_import_row_waiting" ON "contact_import_row" USING btree ("import_id","row") WHERE state = 'waiting';