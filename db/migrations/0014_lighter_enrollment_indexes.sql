DROP INDEX "enrollment_contact";--> statement-breakpoint
DROP INDEX "enrollment_once";--> statement-breakpoint
DROP INDEX "enrollment_flow";--> statement-breakpoint
CREATE UNIQUE INDEX "enrollment_once" ON "enrollment" USING btree ("contact_id","flow_id","key","event_id");--> statement-breakpoint
CREATE INDEX "enrollment_flow" ON "enrollment" USING btree ("flow_id","node_id") WHERE status = 'waiting';