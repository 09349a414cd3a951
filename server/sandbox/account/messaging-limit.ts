import type { Sandbox } from "../sandbox.ts";

const words: Record<number, string> = { 2000: "TIER_2K", 10000: "TIER_10K", 100000: "TIER_100K" };

/** Meta's word for a messaging limit; null is no limit. */
export const tierWord = (tier: number | null): string =>
  tier === null ? "TIER_UNLIMITED" : (words[tier] ?? `TIER_${tier}`);

/** Tells the subscriber that the messaging limit is another one than `before` (section 11.3): as the number's and as the account's. */
export async function tellTier(sandbox: Sandbox, before: number | null): Promise<void> {
  const { tier } = sandbox.world.limits;
  const at = sandbox.clock.now();
  const isHigher = (tier ?? Number.POSITIVE_INFINITY) > (before ?? Number.POSITIVE_INFINITY);
  const ofNumber = {
    display_phone_number: sandbox.identity.displayPhone.slice(1),
    event: isHigher ? "UPGRADE" : "DOWNGRADE",
    max_daily_conversations_per_business: tierWord(tier),
  };
  const ofAccount = { max_daily_conversations_per_business: tier ?? -1, max_phone_numbers_per_business: 25 };
  await sandbox.tell({ kind: "event", field: "phone_number_quality_update", value: ofNumber, isTimed: true, at });
  await sandbox.tell({ kind: "event", field: "business_capability_update", value: ofAccount, isTimed: true, at });
}
