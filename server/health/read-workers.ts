import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#db/client.ts";

const Worker = z.object({
  id: z.string(),
  name: z.string(),
  host: z.string(),
  state: z.enum(["working", "stopping", "lost"]),
  startedAt: z.coerce.date(),
  /** Below zero: over, and nobody has noticed yet. */
  leaseLeftMs: z.coerce.number(),
  claimed: z.number(),
  enrollmentsPerSecond: z.number(),
  memoryBytes: z.coerce.number(),
  takenOverByName: z.string().nullable(),
  takenOverAt: z.coerce.date().nullable(),
  /** From its last heartbeat until another worker took over. */
  takenOverAfterMs: z.coerce.number().nullable(),
});
export type WorkerRow = z.infer<typeof Worker>;

/** The living workers of the installation, and those that were lost within the last hour, by name. */
export async function readWorkers(db: Database): Promise<WorkerRow[]> {
  const { rows } = await db.execute(sql`
    select w.id, w.name, w.host, w.state, w.started_at as "startedAt",
      extract(epoch from w.lease_until - now()) * 1000 as "leaseLeftMs", w.claimed, w.enrollments_per_second as "enrollmentsPerSecond",
      w.memory_bytes as "memoryBytes", heir.name as "takenOverByName", w.taken_over_at as "takenOverAt",
      extract(epoch from w.taken_over_at - w.beat_at) * 1000 as "takenOverAfterMs"
    from worker w left join worker heir on heir.id = w.taken_over_by
    where w.beat_at > now() - interval '1 hour'
    order by w.state = 'lost', length(w.name), w.name, w.started_at
    limit 64`);
  return z.array(Worker).parse(rows);
}
