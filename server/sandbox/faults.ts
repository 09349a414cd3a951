import { z } from "zod";

/**
 * What can be made to go wrong with a send. `sync`: refused at once with `code`; `async`: accepted, fails later with `code`.
 * `slow`: after `delay_ms` all goes on as if nothing were wrong. The rest makes outcomes nobody can know (`accept-then-error` answers
 * 500 with `code` in Meta's own words): with `accept-` the message is in the ledger, without it is not.
 */
const faultModes = [
  "sync",
  "async",
  "drop",
  "accept-then-drop",
  "timeout",
  "accept-then-timeout",
  "http-500",
  "accept-then-500",
  "accept-then-error",
  "accept-then-html",
  "accept-without-id",
  "accept-then-half-json",
  "accept-then-half-body",
  "accept-then-gzip-bomb",
  "slow",
] as const;

export const Fault = z.strictObject({
  /** Every given part must agree; none given: every send. `to` in digits, a suffix is enough. */
  match: z
    .strictObject({
      to: z.string().optional(),
      type: z.string().optional(),
      template: z.string().optional(),
      /** Hits another Graph call instead of a send, by method and edge: "POST media", "POST message_templates", "GET" for an object. */
      call: z.string().optional(),
    })
    .default({}),
  code: z.number().int().default(131000),
  mode: z.enum(faultModes).default("sync"),
  /** With `sync`: the Retry-After it is refused with. */
  retry_after_s: z.number().min(0.001).max(86_400).optional(),
  /** With `sync`: the HTTP status instead of the code's own. */
  http: z.number().int().min(400).max(599).optional(),
  /** How long the sandbox does nothing first. */
  delay_ms: z.number().int().min(0).max(60_000).optional(),
  /** How many sends it hits; null: until reset. */
  count: z.number().int().min(1).nullable().default(1),
});
export type Fault = z.infer<typeof Fault>;

/** True for faults that hit before the message is taken: it never reaches the ledger. */
export const isLostBefore = (mode: Fault["mode"]): boolean =>
  mode === "drop" || mode === "timeout" || mode === "http-500";

/** The faults the control plane has planted, oldest first. Not kept on disk: a restarted sandbox is healthy. */
export class Faults {
  #planted: Fault[] = [];

  plant(fault: Fault): void {
    this.#planted.push({ ...fault });
  }

  clear(): void {
    this.#planted = [];
  }

  get planted(): readonly Fault[] {
    return this.#planted;
  }

  /** The first fault that matches this send, used up by one. */
  take(send: { to: string; type: string; template: string | null }): Fault | null {
    return this.#use(({ match }) => match.call === undefined && isMatch(match, send));
  }

  /** The first fault that matches a Graph call which is not a send ("POST media"), used up by one. */
  takeCall(call: string): Fault | null {
    return this.#use(({ match }) => match.call === call);
  }

  #use(isHit: (fault: Fault) => boolean): Fault | null {
    if (this.#planted.length === 0) return null;
    const fault = this.#planted.find(isHit);
    if (!fault) return null;
    if (fault.count !== null) {
      fault.count -= 1;
      if (fault.count === 0) this.#planted = this.#planted.filter((other) => other !== fault);
    }
    return fault;
  }
}

const isMatch = (match: Fault["match"], send: { to: string; type: string; template: string | null }): boolean =>
  (match.to === undefined || send.to.endsWith(match.to.replace(/^\+/, ""))) &&
  (match.type === undefined || send.type === match.type) &&
  (match.template === undefined || send.template === match.template);
