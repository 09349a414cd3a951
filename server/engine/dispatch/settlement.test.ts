import { expect, test } from "vitest";
import type { RefusalClass, SendResult } from "#server/channels/channel.ts";
import { settlementOf } from "./settlement.ts";

const refused = (kind: RefusalClass, retryAfterMs: number | null = null): SendResult => ({
  outcome: "refused",
  class: kind,
  code: 1,
  detail: "no",
  retryAfterMs,
});

test.each([
  ["accepted", { outcome: "accepted", wamid: "w", waId: null } as SendResult, { kind: "sent" }],
  ["no answer", { outcome: "unknown", detail: "reset" } as SendResult, { kind: "unknown" }],
  ["provider down", refused("transient"), { kind: "retry", notBefore: 2_000 }],
  ["throttled without a time", refused("throttle"), { kind: "retry", notBefore: 4_000 }],
  ["throttled with a time", refused("throttle", 7_500), { kind: "retry", notBefore: 7_500 }],
  ["token expired", refused("account"), { kind: "retry", notBefore: 300_000 }],
  ["the person's marketing limit", refused("cap"), { kind: "failed", reason: "provider-capped" }],
  ["the person has stopped marketing", refused("consent"), { kind: "failed", reason: "consent-withdrawn" }],
  ["window closed", refused("window"), { kind: "failed", reason: "window-closed" }],
  ["not on WhatsApp", refused("recipient"), { kind: "failed", reason: "undeliverable" }],
  ["template refused", refused("template"), { kind: "failed", reason: "provider-refused" }],
  ["our mistake", refused("bug"), { kind: "failed", reason: "provider-refused" }],
])("%s", (_, result, expected) => expect(settlementOf(result, { attempts: 1, now: 0 })).toMatchObject(expected));

test("a provider that stays down fails the message after the eighth try", () => {
  expect(settlementOf(refused("transient"), { attempts: 7, now: 0 })).toMatchObject({
    kind: "retry",
    notBefore: 128_000,
  });
  expect(settlementOf(refused("transient"), { attempts: 8, now: 0 })).toMatchObject({
    kind: "failed",
    reason: "provider-down",
  });
});
