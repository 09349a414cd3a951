import type { Advanced } from "#flow/run-steps.ts";
import type { Life } from "../play-life.ts";
import type { RunningFlow } from "../seed-flows.ts";

/** One way of a person through a flow, as it grows. */
export class Enrolled {
  readonly running: RunningFlow;
  readonly id: string;
  state: Advanced["enrollment"];
  readonly trace: Advanced["trace"];
  readonly sends: Life["sends"] = [];
  readonly taps: Life["taps"] = [];
  readonly handOffs: Life["handOffs"] = [];
  readonly clicks: NonNullable<Life["clicks"]> = [];
  readonly assigned: Life["assigned"] = [];
  /** What they said when asked how it was, and by which visit. */
  score: { visit: number; value: number } | null = null;

  constructor(running: RunningFlow, id: string, { enrollment, trace }: Advanced) {
    this.running = running;
    this.id = id;
    this.state = enrollment;
    this.trace = [...trace];
  }

  take({ enrollment, trace }: Advanced): void {
    this.state = enrollment;
    this.trace.push(...trace);
  }

  /** As the rows of a history are made from. */
  asLife(): Life {
    const { state, trace, sends, taps, handOffs, clicks, assigned, score } = this;
    return {
      enrollment: state,
      trace,
      sends,
      taps,
      handOffs,
      clicks,
      assigned,
      score,
      goalEvent: null,
      told: new Set(),
    };
  }
}
