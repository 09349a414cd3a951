import { sql } from "drizzle-orm";
import type { Transaction } from "#db/client.ts";

/** Postgres channel on which workers hear that a flow's running version or status has changed; the payload is the flow's id. */
export const flowsChannel = "chasqui_flows";

/** Heard when, and only if, the transaction commits. */
export async function announceFlow(tx: Transaction, flowId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${flowsChannel}, ${flowId})`);
}
