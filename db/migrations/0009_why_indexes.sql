CREATE INDEX "dead_letter_contact" ON "dead_letter" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit" USING btree ("workspace_id","subject_id","sequence");