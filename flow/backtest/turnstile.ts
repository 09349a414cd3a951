import { nextTurnAt, type Pace, type TurnLog, takeTurns, turnsLeft } from "../turns.ts";

/** A step that lets people on by and by, in a replay: first come, first on. `Waiting` is whoever stands there. */
export class Turnstile<Waiting> {
  readonly #pace: Pace;
  #log: TurnLog = [];
  #line: Waiting[] = [];
  #first = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Answers whether nobody stood there before: then somebody has to look. */
  join(waiting: Waiting): boolean {
    return this.#line.push(waiting) === 1;
  }

  /** Those whose turn it is, and when the next ones' is; null: nobody waits. Who is not `isHere` any more takes nobody's turn. */
  open(now: number, isHere: (waiting: Waiting) => boolean): { turns: Waiting[]; nextAt: number | null } {
    const left = turnsLeft(this.#log, this.#pace, now);
    const turns: Waiting[] = [];
    for (; this.#first < this.#line.length && turns.length < left; this.#first += 1) {
      const next = this.#line[this.#first];
      if (next !== undefined && isHere(next)) turns.push(next);
    }
    if (turns.length > 0) this.#log = takeTurns(this.#log, this.#pace, { now, people: turns.length });
    if (this.#first < this.#line.length) return { turns, nextAt: nextTurnAt(this.#log, this.#pace, now) };
    this.#line = [];
    this.#first = 0;
    return { turns, nextAt: null };
  }
}
