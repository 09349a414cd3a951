import { timestamp, uuid } from "drizzle-orm/pg-core";

/** uuidv7 made by the app: an own Postgres may be older than 18 and have no uuidv7(). */
export const id = () => uuid().primaryKey();

export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

export const createdAt = () => moment().notNull().defaultNow();
