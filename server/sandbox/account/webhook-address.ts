import type { Update } from "../record.ts";
import type { World } from "../world.ts";

/** Fields whose address a number or account may override; templates and the account itself always go to the application. */
const overridable = new Set(["messages", "calls", "history", "smb_message_echoes", "user_preferences"]);

/** Where an update is told (section 11): the number's address, else the account's, else the application's. */
export function webhookAddress(world: World, update: Update): string | null {
  if (!world.subscription) return null;
  const { ofNumber, ofAccount } = world.account.hooks;
  const isOverridable = update.kind !== "event" || overridable.has(update.field);
  return (isOverridable ? (ofNumber ?? ofAccount)?.url : undefined) ?? world.subscription.url;
}
