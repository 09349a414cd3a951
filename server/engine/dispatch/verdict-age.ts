/** A gate's verdict is good for so long: whatever is committed meanwhile (a hold, a STOP, a template's pause) counts from then on. */
const lastsMs = 500;
/** With a database so slow that claiming alone takes as long, or nothing would ever leave. */
const leastAfterClaimMs = 250;

/** Until when a claim's calls may begin, by this process's monotonic clock. `judgedAt` is before anything was read. */
export const goodUntil = (judgedAt: number, claimedAt: number): number =>
  Math.max(judgedAt + lastsMs, claimedAt + leastAfterClaimMs);

/** Asked by a channel just before the first byte of a call leaves. Once a call has begun, it has begun. */
export class CallStart {
  readonly #mayBegin: () => boolean;
  #state: "waiting" | "begun" | "too-late" = "waiting";

  constructor(mayBegin: () => boolean) {
    this.#mayBegin = mayBegin;
  }

  /** Nothing of it has left, and nothing will. */
  get isTooLate(): boolean {
    return this.#state === "too-late";
  }

  readonly ask = (): boolean => {
    if (this.#state === "waiting") this.#state = this.#mayBegin() ? "begun" : "too-late";
    return this.#state === "begun";
  };
}
