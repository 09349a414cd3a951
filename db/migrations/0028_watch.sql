CREATE TABLE "flow_move" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"plan" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"moved" integer DEFAULT 0 NOT NULL,
	"exited" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "flow_tally" (
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"day" date NOT NULL,
	"version_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"kind" text NOT NULL,
	"handle" text NOT NULL,
	"language" text NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "flow_tally_pk" PRIMARY KEY("flow_id","day","version_id","node_id","kind","handle","language")
);
--> statement-breakpoint
CREATE TABLE "flow_tally_change" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"day" date NOT NULL,
	"version_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"kind" text NOT NULL,
	"handle" text NOT NULL,
	"language" text NOT NULL,
	"n" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheduled_publish" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"flow_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"plan" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text,
	"scheduled_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "enrollment_flow";--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "publish_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "language" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "enrollment" ADD COLUMN "move_id" uuid;--> statement-breakpoint
CREATE INDEX "flow_move_flow" ON "flow_move" USING btree ("flow_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "flow_move_open" ON "flow_move" USING btree ("flow_id") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "flow_tally_change_flow" ON "flow_tally_change" USING btree ("flow_id");--> statement-breakpoint
CREATE INDEX "scheduled_publish_flow" ON "scheduled_publish" USING btree ("flow_id","created_at");--> statement-breakpoint
CREATE INDEX "scheduled_publish_due" ON "scheduled_publish" USING btree ("at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_publish_open" ON "scheduled_publish" USING btree ("flow_id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "message_trouble" ON "message" USING btree ("flow_id","created_at","node_id","status","reason") WHERE direction = 'outbound' and status in ('failed', 'skipped', 'unknown');--> statement-breakpoint
CREATE INDEX "enrollment_flow" ON "enrollment" USING btree ("flow_id","node_id","version_id","wake_at") WHERE status = 'waiting';--> statement-breakpoint
-- A queue of counts: rows live for a moment (docs/decisions/010-storage.md).
ALTER TABLE "flow_tally_change" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);--> statement-breakpoint
ALTER TABLE "flow_tally" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);--> statement-breakpoint
-- What happened before is counted once, as server/engine/rollup/rebuild-tallies.ts does; from here on the engine counts along.
UPDATE "enrollment" e SET "language" = lower(split_part(replace(c."locale", '_', '-'), '-', 1)) FROM "contact" c WHERE c."id" = e."contact_id" AND c."locale" IS NOT NULL;--> statement-breakpoint
INSERT INTO "flow_tally" ("workspace_id", "flow_id", "day", "version_id", "node_id", "kind", "handle", "language", "n")
  with rows as (
    select t.enrollment_id, t.ordinal, t.workspace_id, t.flow_id, t.version_id, t.node_id, t.kind, t.visit, t.at, e.language,
           (t.at at time zone w.timezone)::date as day, t.handle, e.end_reason, (t.detail->>'recalled')::int as recalled,
           min(t.at) filter (where t.kind = 'waiting') over visit_rows as since,
           max(t.ordinal) filter (where t.kind in ('waiting', 'moved')) over before_row as stood,
           lead(t.ordinal) over (partition by t.enrollment_id, t.visit order by t.ordinal) is null as is_last,
           max(t.visit) over (partition by t.enrollment_id) as last_visit
    from (select * from trace where true and kind <> 'entered') t
    join enrollment e on e.id = t.enrollment_id join workspace w on w.id = t.workspace_id
    window visit_rows as (partition by t.enrollment_id, t.visit),
           before_row as (partition by t.enrollment_id, t.visit order by t.ordinal rows between unbounded preceding and 1 preceding)
  ), stood as (
    select o.workspace_id, o.flow_id, o.day, s.version_id, s.node_id, o.kind, o.language, o.since, o.at,
           o.kind = 'left' and o.recalled <> o.visit as is_drawn,
           o.is_last and (o.kind in ('left', 'ended') or o.kind = 'moved' and o.last_visit > o.visit) as is_over
    from rows o join rows s on s.enrollment_id = o.enrollment_id and s.ordinal = o.stood
    where o.kind in ('left', 'ended', 'moved')
  )
  select workspace_id, flow_id, day, version_id, node_id, kind,
         case kind when 'left' then coalesce(handle, '') when 'ended' then coalesce(end_reason, '') else '' end as handle,
         language, count(*) as n
  from rows group by 1, 2, 3, 4, 5, 6, 7, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'drawn', '', language, count(*)
  from stood where is_drawn group by 1, 2, 3, 4, 5, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'moved-out', '', language, count(*)
  from stood where kind = 'moved' group by 1, 2, 3, 4, 5, 8
  union all
  select workspace_id, flow_id, day, version_id, node_id, 'stay',
         round(ln(1 + greatest(0, floor(extract(epoch from (at - since))))::float8) / ln(2::float8) * 8)::int::text, language, count(*)
  from stood where is_over and since is not null group by 1, 2, 3, 4, 5, 7, 8
  union all
  select workspace_id, flow_id, date '1970-01-01', version_id, node_id, 'standing', '', language, count(*)
  from enrollment where status = 'waiting' and node_id is not null and true group by 1, 2, 4, 5, 8;
