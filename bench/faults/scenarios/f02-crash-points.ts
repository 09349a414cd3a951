import { crashPoints as points } from "#server/engine/crash-point.ts";
import { defineFault } from "../contract.ts";

/** The worst moments, one after the other: a worker kills itself exactly there, while another works beside it. */
export const crashPoints = defineFault({
  id: "F2",
  title: "kill -9 at seven exact points",
  // Alone: beside others a start takes so long that the messages run out before the last point.
  isTimed: true,
  allows: { unknown: true, flaggedDuplicates: true, crashes: true },
  // On a busy machine each of seven starts takes ten seconds, and every point needs messages to pass it.
  load: { eventsPerSecond: 120, lastsSeconds: 90 },
  inject: async ({ stack, note }) => {
    const [victim] = stack.workers;
    if (!victim) return;
    for (const point of points) {
      await victim.kill();
      // It may die before it says that it is ready.
      await victim.start({ CHASQUI_CRASH_AT: point }, { waits: false });
      await victim.untilGone(40_000);
    }
    await victim.start();
    note("points", points.length);
  },
});
