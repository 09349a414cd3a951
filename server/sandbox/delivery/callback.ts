import type { Update } from "../record.ts";
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

/** Where an update is told: the callback of its number, else of the account, else the app's; null when there is none. */
export function callbackOf(world: World, update: Update, accountId: string): string | null {
  const appUrl = world.subscription?.url ?? null;
  if (world.overrides.size === 0) return appUrl;
  if (update.kind === "event" && !overridable.has(update.field)) return appUrl;
  const number = update.kind === "event" ? null : (world.messages.get(update.wamid)?.phoneNumberId ?? null);
  const override = world.overrides.get(`number|${number}`) ?? world.overrides.get(`account|${accountId}`);
  return override?.url ?? appUrl;
}
