CREATE TABLE "throttle" (
	"flow_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"log" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "throttle_flow_id_node_id_pk" PRIMARY KEY("flow_id","node_id")
);
--> statement-breakpoint
CREATE TABLE "turn" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"shard" smallint NOT NULL,
	"flow_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"enrollment_id" uuid NOT NULL,
	"visit" integer NOT NULL,
	"people" integer NOT NULL,
	"period_ms" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "flow_version" ADD COLUMN "runs" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "turn_line" ON "turn" USING btree ("flow_id","node_id","id");