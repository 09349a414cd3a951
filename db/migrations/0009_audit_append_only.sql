-- The audit log only grows, for everybody: the trigger also stops the owner of the table and a superuser (who may take the trigger
-- away, which is an act of its own), and it fires in a replica's session, too. A role that an installation gives to the product
-- loses the right besides.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log is append-only: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();--> statement-breakpoint
ALTER TABLE "audit" ENABLE ALWAYS TRIGGER audit_append_only;--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit" FROM PUBLIC;--> statement-breakpoint
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'chasqui_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON "audit" FROM chasqui_app;
  END IF;
END $$;
