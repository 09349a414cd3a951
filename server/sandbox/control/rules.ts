import { z } from "zod";
import { tellTier } from "../account/messaging-limit.ts";
import type { Delay, Limits } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { WaId } from "./settings.ts";

const atLeastOne = z.number().int().min(1).nullable().optional();
const flag = z.boolean().optional();

const LimitsInput = z.strictObject({
  mps: atLeastOne,
  pair: flag,
  tier: atLeastOne,
  window: z.enum(["sync", "async"]).optional(),
  marketing_per_user: atLeastOne,
  us_marketing_paused: flag,
  allowed: z.array(WaId).max(5).nullable().optional(),
  fetches_links: flag,
  free_service: z.number().int().min(0).nullable().optional(),
  has_card: flag,
  has_payments_terms: flag,
  marketing_api_only: flag,
  addressing: z.enum(["plain", "meta"]).optional(),
  paced: z.array(z.string().min(1)).optional(),
});

/** Switches Meta's rules on (see `Limits`); null switches one off, what is not given stays. Answers how they stand. */
export async function setLimits(sandbox: Sandbox, input: unknown): Promise<object> {
  const given = LimitsInput.parse(input);
  const before = sandbox.world.limits;
  const or = <T>(value: T | undefined, fallback: T): T => (value === undefined ? fallback : value);
  const limits: Limits = {
    mps: or(given.mps, before.mps),
    pair: or(given.pair, before.pair),
    tier: or(given.tier, before.tier),
    window: or(given.window, before.window),
    marketingPerUser: or(given.marketing_per_user, before.marketingPerUser),
    isUsMarketingPaused: or(given.us_marketing_paused, before.isUsMarketingPaused),
    allowed: or(given.allowed, before.allowed),
    fetchesLinks: or(given.fetches_links, before.fetchesLinks),
    freeService: or(given.free_service, before.freeService),
    hasCard: or(given.has_card, before.hasCard),
    hasPaymentsTerms: or(given.has_payments_terms, before.hasPaymentsTerms),
    isMarketingApiOnly: or(given.marketing_api_only, before.isMarketingApiOnly),
    addressing: or(given.addressing, before.addressing),
    paced: or(given.paced, before.paced),
  };
  await sandbox.commit({ k: "limits", limits });
  if (limits.tier !== before.tier) await tellTier(sandbox, before.tier);
  sandbox.statuses.release(before.paced.filter((name) => !limits.paced.includes(name)));
  return asGiven(limits);
}

/** The switches by the names they are set with. */
const asGiven = (limits: Limits): Required<z.infer<typeof LimitsInput>> => ({
  mps: limits.mps,
  pair: limits.pair,
  tier: limits.tier,
  window: limits.window,
  marketing_per_user: limits.marketingPerUser,
  us_marketing_paused: limits.isUsMarketingPaused,
  allowed: limits.allowed,
  fetches_links: limits.fetchesLinks,
  free_service: limits.freeService,
  has_card: limits.hasCard,
  has_payments_terms: limits.hasPaymentsTerms,
  marketing_api_only: limits.isMarketingApiOnly,
  addressing: limits.addressing,
  paced: limits.paced,
});

const delay = z.number().int().min(0).nullable().optional();
const ScheduleInput = z.strictObject({
  sent_ms: delay,
  delivered_ms: delay,
  read_ms: delay,
  played_ms: delay,
  review_ms: delay,
});

/** When statuses and reviews happen by themselves; null switches one off. */
export async function setSchedule(sandbox: Sandbox, input: unknown): Promise<object> {
  const given = ScheduleInput.parse(input);
  const { schedule } = sandbox.world;
  const or = (value: number | null | undefined, before: number | null) => (value === undefined ? before : value);
  await sandbox.commit({
    k: "schedule",
    schedule: {
      sentMs: or(given.sent_ms, schedule.sentMs),
      deliveredMs: or(given.delivered_ms, schedule.deliveredMs),
      readMs: or(given.read_ms, schedule.readMs),
      playedMs: or(given.played_ms, schedule.playedMs),
      reviewMs: or(given.review_ms, schedule.reviewMs),
    },
  });
  const now = sandbox.world.schedule;
  return {
    sent_ms: now.sentMs,
    delivered_ms: now.deliveredMs,
    read_ms: now.readMs,
    played_ms: now.playedMs,
    review_ms: now.reviewMs,
  };
}

const part = z.number().min(0).max(1);
const share = z.union([z.boolean(), part]).optional();

const ChaosInput = z.strictObject({
  duplicates: share,
  reorders: share,
  skips_delivered: flag,
  batch: z.number().int().min(1).max(1000).optional(),
});

/** Makes webhooks misbehave as Meta's may: updates told twice, calls newest first, no `delivered` before `read`, so many per call. */
export async function setChaos(sandbox: Sandbox, input: unknown): Promise<object> {
  const { duplicates, reorders, skips_delivered, batch } = ChaosInput.parse(input);
  const before = sandbox.world.chaos;
  const chaos = {
    duplicates: duplicates ?? before.duplicates,
    reorders: reorders ?? before.reorders,
    skipsDelivered: skips_delivered ?? before.skipsDelivered,
    updatesPerCall: batch ?? before.updatesPerCall,
  };
  await sandbox.commit({ k: "chaos", chaos });
  return {
    duplicates: chaos.duplicates,
    reorders: chaos.reorders,
    skips_delivered: chaos.skipsDelivered,
    batch: chaos.updatesPerCall,
  };
}

const Spread = z.strictObject({ median_ms: z.number().int().min(0), spread: z.number().min(0).max(3) });

const CrowdInput = z.strictObject({
  unreachable: part.optional(),
  hides_reads: part.optional(),
  unread: part.optional(),
  delivered: Spread.nullable().optional(),
  read: Spread.nullable().optional(),
});

/** Says what phones are like that nobody has set up one by one (see `Crowd`); what is not given stays. Holds for messages from now on. */
export async function setCrowd(sandbox: Sandbox, input: unknown): Promise<object> {
  const { unreachable, hides_reads, unread, delivered, read } = CrowdInput.parse(input);
  const before = sandbox.world.crowd;
  const crowd = {
    unreachable: unreachable ?? before.unreachable,
    hidesReads: hides_reads ?? before.hidesReads,
    unread: unread ?? before.unread,
    delivered: delivered === undefined ? before.delivered : delayOf(delivered),
    read: read === undefined ? before.read : delayOf(read),
  };
  await sandbox.commit({ k: "crowd", crowd });
  return {
    unreachable: crowd.unreachable,
    hides_reads: crowd.hidesReads,
    unread: crowd.unread,
    delivered: asSpread(crowd.delivered),
    read: asSpread(crowd.read),
  };
}

const delayOf = (given: z.infer<typeof Spread> | null): Delay | null =>
  given && { medianMs: given.median_ms, spread: given.spread };

const asSpread = (delay: Delay | null): z.infer<typeof Spread> | null =>
  delay && { median_ms: delay.medianMs, spread: delay.spread };
