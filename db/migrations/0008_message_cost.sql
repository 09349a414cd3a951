ALTER TABLE "channel" ADD COLUMN "marketing_endpoint" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "cost_micros" bigint;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "cost_currency" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "pricing_type" text;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "pricing_category" text;--> statement-breakpoint
ALTER TABLE "template_language" ADD COLUMN "quality" text;