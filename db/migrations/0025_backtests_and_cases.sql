CREATE TABLE "backtest" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"request" jsonb NOT NULL,
	"progress" jsonb,
	"result" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"beat_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "backtest_path" (
	"backtest_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"contact_id" uuid NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"end_reason" text,
	"node_id" text,
	"sent" integer NOT NULL,
	"not_sent" integer NOT NULL,
	"really_sent" integer,
	"path" jsonb NOT NULL,
	CONSTRAINT "backtest_path_backtest_id_ordinal_pk" PRIMARY KEY("backtest_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "flow_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"name" text NOT NULL,
	"start" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"expected" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "backtest" ADD CONSTRAINT "backtest_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backtest_path" ADD CONSTRAINT "backtest_path_backtest_id_backtest_id_fk" FOREIGN KEY ("backtest_id") REFERENCES "public"."backtest"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_case" ADD CONSTRAINT "flow_case_workspace_id_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspace"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flow_case" ADD CONSTRAINT "flow_case_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "backtest_flow" ON "backtest" USING btree ("flow_id","created_at");--> statement-breakpoint
CREATE INDEX "backtest_workspace" ON "backtest" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "flow_case_flow" ON "flow_case" USING btree ("flow_id","created_at");--> statement-breakpoint
CREATE INDEX "event_time" ON "event" USING brin ("received_at") WITH (autosummarize=true);