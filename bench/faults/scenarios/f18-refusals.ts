import { defineFault } from "../contract.ts";
import { untilFaultsAreUsed } from "./provider-calls.ts";

/** Meta's code, and what people read of a message that it ended. */
const forGood: [code: number, reason: string][] = [
  [131_049, "provider-capped"],
  [131_026, "undeliverable"],
  [131_047, "window-closed"],
  [132_001, "provider-refused"],
  [132_012, "provider-refused"],
];
const each = 3;

/** The provider refuses for good: nothing is tried again. Then the token expires: the number is paused until a person connects it. */
export const refusals = defineFault({
  id: "F18",
  title: "refusals for good, and an expired token",
  allows: { failed: [...new Set(forGood.map(([, reason]) => reason))] },
  inject: async (bench) => {
    const { stack, world } = bench;
    for (const [code] of forGood) await stack.control.plantFault({ mode: "sync", code, count: each });
    await untilFaultsAreUsed(bench);
    await stack.control.plantFault({ mode: "sync", code: 190, count: 1 });
    const isPaused = async () =>
      (await stack.count("select count(*) as n from channel where id = $1 and status = 'paused'", [world.channelId])) >
      0;
    await stack.until("the number is paused", isPaused, 15_000);
    await stack.query("update channel set status = 'connected', status_reason = null where id = $1", [world.channelId]);
  },
  expect: async ({ stack }) => {
    const rows = await stack.query<{ code: number; reason: string; n: string }>(
      "select error_code as code, reason, count(*) as n from message where status = 'failed' and error_code is not null group by 1, 2",
    );
    return forGood.flatMap(([code, reason]) => {
      const row = rows.find((each) => each.code === code);
      // One that was tried again would have left by now.
      const isRight = row?.reason === reason && Number(row.n) === each;
      return isRight ? [] : [`${each} messages refused with ${code} became ${row ? `${row.n} ${row.reason}` : "none"}`];
    });
  },
});
