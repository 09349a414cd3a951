-- Written once or twice for each message and worth nothing after a crash: no write-ahead log, and room for updates in place.
ALTER TABLE "channel_pace" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "pair_pace" SET UNLOGGED;--> statement-breakpoint
ALTER TABLE "channel_pace" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "pair_pace" SET (fillfactor = 70);
