ALTER TABLE "outbox" ADD COLUMN "held_template_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "template" ADD COLUMN "moved_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "outbox_held_template" ON "outbox" USING btree ("held_template_id","held_until") WHERE held_template_id is not null;--> statement-breakpoint
CREATE INDEX "template_moved" ON "template" USING btree ("moved_at") WHERE moved_at is not null;