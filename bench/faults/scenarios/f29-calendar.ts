import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";
import { afterClockMoves, leapTo } from "./quiet-world.ts";

/** Three seconds before: the end of a year, and of both last days of a February. */
const midnights = ["2026-12-31T23:59:57Z", "2028-02-28T23:59:57Z", "2028-02-29T23:59:57Z"];

/** Under load over the turn of the year and a 29 February: the caps of both days hold for everybody (I5), and nothing is lost. */
export const calendar = defineFault({
  id: "F29",
  title: "midnight of a year's end and of 29 February under load",
  isTimed: true,
  allows: afterClockMoves,
  prepare: async ({ stack, world }) => {
    for (const person of world.people) person.timezone = "UTC";
    await stack.query("update contact set timezone = null where workspace_id = $1", [world.workspaceId]);
  },
  inject: async (bench) => {
    for (const midnight of midnights) {
      await leapTo(bench, midnight);
      await delay(5_000);
    }
    bench.note("days with capped people", await bench.stack.count("select count(distinct day) as n from cap_counter"));
  },
  expect: async ({ stack, world }) => {
    const over = await stack.count("select count(*) as n from cap_counter where workspace_id = $1 and used > $2", [
      world.workspaceId,
      world.capPerDay,
    ]);
    const leap = await stack.count(
      "select count(*) as n from cap_counter where workspace_id = $1 and day = '2028-02-29'",
      [world.workspaceId],
    );
    return [
      ...(over > 0 ? [`${over} counters are above the cap`] : []),
      ...(leap === 0 ? ["nobody was counted on 29 February"] : []),
    ];
  },
});
