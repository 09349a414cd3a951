CREATE TABLE "assignment" (
	"experiment_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"arm" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"weights_id" uuid,
	CONSTRAINT "assignment_experiment_id_contact_id_pk" PRIMARY KEY("experiment_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "assignment_stray" (
	"experiment_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"arm" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assignment_stray_experiment_id_contact_id_arm_pk" PRIMARY KEY("experiment_id","contact_id","arm")
);
--> statement-breakpoint
CREATE TABLE "custom_metric" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"event" text NOT NULL,
	"rule" jsonb NOT NULL,
	"measure" text NOT NULL,
	"path" text,
	"is_lower_better" boolean DEFAULT false NOT NULL,
	"window_hours" integer NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "experiment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"node_id" text NOT NULL,
	"title" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"plan" jsonb NOT NULL,
	"arms" jsonb NOT NULL,
	"weights_id" uuid,
	"consent_by" uuid,
	"consent_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"started_by" uuid,
	"ended_at" timestamp (3) with time zone,
	"winner" text,
	"verdict" jsonb,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "experiment_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"experiment_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor" uuid,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "experiment_weights" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"experiment_id" uuid NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"version_id" uuid,
	"weights" jsonb NOT NULL,
	"chances" jsonb,
	"people" integer
);
--> statement-breakpoint
ALTER TABLE "custom_metric" ADD CONSTRAINT "custom_metric_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment" ADD CONSTRAINT "experiment_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_log" ADD CONSTRAINT "experiment_log_experiment_id_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_weights" ADD CONSTRAINT "experiment_weights_experiment_id_experiment_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "custom_metric_workspace" ON "custom_metric" USING btree ("workspace_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "experiment_key" ON "experiment" USING btree ("flow_id","key");--> statement-breakpoint
CREATE INDEX "experiment_workspace" ON "experiment" USING btree ("workspace_id","updated_at");--> statement-breakpoint
CREATE INDEX "experiment_running" ON "experiment" USING btree ("read_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "experiment_log_of" ON "experiment_log" USING btree ("experiment_id","at");--> statement-breakpoint
CREATE INDEX "experiment_weights_of" ON "experiment_weights" USING btree ("experiment_id","valid_from");