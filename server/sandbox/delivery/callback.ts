import type { NewUpdate } from "../record.ts";
import type { World } from "../world.ts";

/** Fields an override may take; template, account and preference fields always go to the app (section 11). */
const overridable = new Set([
  "messages",
  "message_echoes",
  "smb_message_echoes",
  "calls",
  "history",
  "message_history",
]);

/** Where an update is told: the callback of the number, else of the account, else the app's; null when there is none. */
export function callbackOf({ account, subscription }: World, update: NewUpdate): string | null {
  const { ofNumber, ofAccount } = account.hooks;
  const isOverridable = update.kind !== "event" || overridable.has(update.field);
  // Only one number sends and receives here, so its callback is every message's.
  return (isOverridable ? (ofNumber ?? ofAccount)?.url : undefined) ?? subscription?.url ?? null;
}
