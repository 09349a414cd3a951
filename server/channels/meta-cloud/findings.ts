import type { z } from "zod";
import type { ChannelEvent } from "../channel-event.ts";

/** Collects events and, item by item, what could not be read: one bad item never costs its neighbours (Meta retries whole calls). */
export class Findings {
  readonly events: ChannelEvent[] = [];
  readonly rejected: { path: string; reason: string }[] = [];

  /** Reads each item of a list; an item that does not fit is reported with its path. */
  each<T>(list: unknown, path: string, schema: z.ZodType<T>, read: (item: T) => ChannelEvent): void {
    if (!Array.isArray(list)) {
      this.rejected.push({ path, reason: "is not a list" });
      return;
    }
    for (const [index, item] of list.entries()) this.one(item, `${path}.${index}`, schema, read);
  }

  /** Reads one item; reported with its path when it does not fit. */
  one<T>(item: unknown, path: string, schema: z.ZodType<T>, read: (item: T) => ChannelEvent): void {
    const parsed = schema.safeParse(item);
    if (parsed.success) this.events.push(read(parsed.data));
    else this.reject(path, parsed.error);
  }

  reject(path: string, error: z.ZodError): void {
    const issue = error.issues[0];
    this.rejected.push({
      path: [path, ...(issue?.path ?? [])].filter((part) => part !== "").join("."),
      reason: issue?.message ?? "is not valid",
    });
  }
}
