CREATE TABLE "lane_total" (
	"workspace_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"sent" bigint NOT NULL,
	"failed" bigint NOT NULL,
	"waits" bigint[] NOT NULL,
	"waited_ms" bigint NOT NULL,
	CONSTRAINT "lane_total_workspace_id_lane_pk" PRIMARY KEY("workspace_id","lane")
);
--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sending_held_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "workspace" ADD COLUMN "sending_held_by" uuid;