import type { RefusalClass, SendResult } from "#server/channels/channel.ts";

/** What a provider's answer means for the message. Times are milliseconds since 1970. */
export type Settlement =
  | { kind: "sent"; wamid: string; waId: string | null }
  | { kind: "retry"; notBefore: number; reason: string; code: number; detail: string; pausesChannel: boolean }
  /** `isUnreachable`: the person's address leads nowhere. */
  | { kind: "failed"; reason: string; code: number; detail: string; isUnreachable?: true }
  | { kind: "unknown"; detail: string }
  /** Never called: it goes back into the queue as if it had not been claimed. */
  | { kind: "returned" };

/** Reasons (keys under `reasons.`) of the refusals that no second try would change. */
const finalReasons: Partial<Record<RefusalClass, string>> = {
  // Meta's cap per person: trying again within a day makes it worse (contracts: 131049).
  cap: "provider-capped",
  consent: "consent-withdrawn",
  window: "window-closed",
  recipient: "undeliverable",
  template: "provider-refused",
  bug: "provider-refused",
};

/** Refusals that may pass: how often at most, how fast the pauses grow, and what people read meanwhile and when it was in vain. */
const passing = {
  transient: { attempts: 8, growth: 2, waits: "provider-down", ends: "provider-down" },
  throttle: { attempts: 20, growth: 4, waits: "provider-limit", ends: "provider-limit" },
  pair: { attempts: 20, growth: 4, waits: "pair-rate", ends: "pair-rate" },
  // The webhook about it is on its way; then the gate lets the person hold or leave, as the flow says.
  stopped: { attempts: 6, growth: 2, waits: "template-paused", ends: "template-paused" },
  // An expired token or a locked account fails every message alike: a person has to look at the number.
  account: { attempts: 1000, growth: 0, waits: "channel-paused", ends: "provider-down" },
} as const;

const accountPauseMs = 5 * 60_000;
const longestPauseMs = 3_600_000;

/** The settlement of one call. `attempts` counts this one. Pure. */
export function settlementOf(result: SendResult, { attempts, now }: { attempts: number; now: number }): Settlement {
  if (result.outcome === "accepted") return { kind: "sent", wamid: result.wamid, waId: result.waId };
  if (result.outcome === "unknown") return { kind: "unknown", detail: result.detail };
  const { code, detail, retryAfterMs } = result;
  switch (result.class) {
    case "transient":
    case "throttle":
    case "pair":
    case "stopped":
    case "account": {
      const rule = passing[result.class];
      if (attempts >= (result.mostAttempts ?? rule.attempts))
        return { kind: "failed", reason: rule.ends, code, detail };
      // The provider's own word counts where it gave one; an account's trouble is looked at again with the channel.
      const pause = retryAfterMs ?? (rule.growth === 0 ? accountPauseMs : rule.growth ** attempts * 1000);
      const notBefore = now + (retryAfterMs ?? Math.min(pause, longestPauseMs));
      return { kind: "retry", notBefore, reason: rule.waits, code, detail, pausesChannel: result.class === "account" };
    }
    default:
      return {
        kind: "failed",
        reason: finalReasons[result.class] ?? "provider-refused",
        code,
        detail,
        ...(result.isUnreachable && { isUnreachable: true }),
      };
  }
}
