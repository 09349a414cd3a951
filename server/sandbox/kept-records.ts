import type { LedgerRecord } from "./record.ts";
import type { World } from "./world.ts";

/**
 * What an ordinary reset keeps: the account as it stands (templates, media, subscription, clock) and who the people are. Counters go on,
 * so that an id the product has stored is never given out again; the window stays open for whom the product believes it is.
 */
export function* keptRecords(world: World): Generator<LedgerRecord> {
  yield { k: "clock", offsetMs: world.clockOffsetMs };
  yield { k: "subscription", subscription: world.subscription };
  for (const template of world.templates.values()) yield { k: "template", template };
  for (const media of world.media.values()) yield { k: "media", media };
  for (const { marketingAt, hasBlocked, movedTo, ...who } of world.users.values()) {
    const behaviour = { phone: "on", readReceipts: true, fault: null, delayFactor: 1 } as const;
    yield { k: "user", user: { ...who, behaviour, hasStoppedMarketing: false } };
  }
  yield* world.account.records();
  const { outboundCount, inboundCount, updateCount, objectCount } = world;
  yield { k: "counters", outboundCount, inboundCount, updateCount, objectCount };
}
