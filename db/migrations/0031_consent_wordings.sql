ALTER TABLE "workspace" ADD COLUMN "consent_retired" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
UPDATE "contact" c SET "consents" = (
  SELECT jsonb_object_agg(given.purpose, CASE WHEN agreed.key IS NULL THEN given.consent ELSE given.consent || jsonb_build_object('wording', agreed.key) END)
  FROM jsonb_each(c."consents") AS given(purpose, consent)
  LEFT JOIN LATERAL (
    SELECT left(encode(sha256(convert_to(l."wording", 'UTF8')), 'hex'), 12) AS key FROM "consent" l
    WHERE l."contact_id" = c."id" AND l."purpose" = given.purpose AND l."state" = 'granted' AND l."source" <> 'person' AND l."wording" IS NOT NULL
    ORDER BY l."at" DESC, l."id" DESC LIMIT 1
  ) agreed ON true
)
WHERE EXISTS (SELECT 1 FROM "consent" l WHERE l."contact_id" = c."id" AND l."state" = 'granted' AND l."source" <> 'person' AND l."wording" IS NOT NULL);
