import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Stage } from "./stage.ts";

type Left = { signals: number; messages: number; webhooks: number; calls: number; timers: number };

const left = `
  select (select count(*) from signal_queue)::integer as signals,
         (select count(*) from outbox where status in ('queued', 'sending') and not_before <= $1)::integer as messages,
         (select count(*) from raw_webhook where processed_at is null)::integer as webhooks,
         (select count(*) from webhook_call where status in ('queued', 'calling'))::integer as calls,
         (select count(*) from enrollment where status = 'waiting' and wake_at <= $1)::integer as timers`;

const patienceMs = 180_000;
/** Long enough for a status that is due at once to be told. */
const pauseMs = 12;
const Health = z.looseObject({ pending_updates: z.number() });

/** Waits until all that is due by now has had its consequences: nothing is queued, under way or untold, twice in a row. */
export async function settle(stage: Stage): Promise<void> {
  const now = stage.clock.now();
  let calm = 0;
  let last: (Left & { untold: number }) | null = null;
  const end = performance.now() + patienceMs;
  while (calm < 2) {
    if (performance.now() > end) throw new Error(`The bank does not come to rest: ${JSON.stringify(last)}`);
    await delay(pauseMs);
    // The provider first: what it has told by then is stored, and is looked for afterwards.
    const { pending_updates: untold } = Health.parse(await stage.control.call("GET", "health"));
    const [row] = await stage.query<Left>(left, [now]);
    last = row ? { ...row, untold } : null;
    calm = last && Object.values(last).every((count) => count === 0) ? calm + 1 : 0;
  }
}
