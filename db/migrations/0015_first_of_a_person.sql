DROP INDEX "outbox_holds_back";--> statement-breakpoint
CREATE INDEX "outbox_person" ON "outbox" USING btree ("contact_id","lane") WHERE status in ('queued', 'behind');