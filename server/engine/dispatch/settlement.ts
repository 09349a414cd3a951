import type { RefusalClass, SendResult } from "#server/channels/channel.ts";

/** What a provider's answer means for the message. Times are milliseconds since 1970. */
export type Settlement =
  | { kind: "sent"; wamid: string; waId: string | null }
  | { kind: "retry"; notBefore: number; reason: string; code: number; detail: string; pausesChannel: boolean }
  | { kind: "failed"; reason: string; code: number; detail: string }
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

const longestPauseMs = 5 * 60_000;
const mostAttempts = { transient: 8, throttle: 20, account: 1000 } as const;

/** The settlement of one call. `attempts` counts this one. Pure. */
export function settlementOf(result: SendResult, { attempts, now }: { attempts: number; now: number }): Settlement {
  if (result.outcome === "accepted") return { kind: "sent", wamid: result.wamid, waId: result.waId };
  if (result.outcome === "unknown") return { kind: "unknown", detail: result.detail };
  const { code, detail, retryAfterMs } = result;
  switch (result.class) {
    case "transient":
    case "throttle":
    case "account": {
      if (attempts >= mostAttempts[result.class]) return { kind: "failed", reason: "provider-down", code, detail };
      const growth = result.class === "throttle" ? 4 : 2;
      // The provider's own word counts where it gave one; an account's trouble is looked at again with the channel.
      const pause = retryAfterMs ?? (result.class === "account" ? longestPauseMs : growth ** attempts * 1000);
      const notBefore = now + Math.min(pause, 3_600_000);
      // An expired token or a locked account fails every message alike: a person has to look at the number.
      return {
        kind: "retry",
        notBefore,
        reason: "provider-down",
        code,
        detail,
        pausesChannel: result.class === "account",
      };
    }
    default:
      return { kind: "failed", reason: finalReasons[result.class] ?? "provider-refused", code, detail };
  }
}
