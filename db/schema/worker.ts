import { pgTable, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns.ts";

/** A living worker writes here each two seconds, by the database's clock; health and rate sharing count the fresh rows. */
export const workerHeartbeat = pgTable("worker_heartbeat", { id: uuid().primaryKey(), beatAt: moment().notNull() });
