import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";
import { deliverHooks, hookBody, untilApplied } from "../world/hook-call.ts";

const answersLateMs = 300;
const lastsMs = 6_000;

/** Read before sent, failed after delivered, and statuses before the provider's answer to the call itself has come. */
export const statusesOutOfOrder = defineFault({
  id: "F20",
  title: "statuses out of order and before our own answer",
  inject: async ({ stack, world, random, note }) => {
    await stack.control.call("POST", "schedule", { sent_ms: 0, delivered_ms: 0, read_ms: 0 });
    await stack.control.call("POST", "chaos", { duplicates: true, reorders: true });
    // The provider tells of a message while its answer is still on the way to us.
    stack.proxies.provider.slowDown(answersLateMs);
    // A status tells full seconds; our own settling brings the exact time.
    const early = `
      select count(*) as n from message
      where direction = 'outbound' and wamid is not null and sent_at = date_trunc('second', sent_at)`;
    let seen = 0;
    const end = performance.now() + lastsMs;
    while (performance.now() < end) {
      seen = Math.max(seen, await stack.count(early));
      await delay(50);
    }
    stack.proxies.provider.calm();
    await untilApplied(stack);
    const delivered = await stack.query<{ id: string; wamid: string }>(
      "select id, wamid from message where workspace_id = $1 and status in ('delivered', 'read')",
      [world.workspaceId],
    );
    const bodies = delivered.map(({ id, wamid }) =>
      hookBody([{ wamid, ref: random.chance(0.5) ? id : undefined, status: "failed", at: stack.now() }]),
    );
    await deliverHooks(stack, world, { bodies, atOnce: 8 });
    await untilApplied(stack);
    note("failed after delivered", bodies.length);
    note("statuses before our answer, at once", seen);
  },
  expect: async ({ stack, world }) => {
    const taken = await stack.count(
      "select count(*) as n from message where workspace_id = $1 and status = 'failed' and delivered_at is not null",
      [world.workspaceId],
    );
    const orphans = await stack.count("select count(*) as n from orphan_status");
    return [
      ...(taken > 0 ? [`${taken} delivered messages were taken back by a late failure`] : []),
      ...(orphans > 0 ? [`${orphans} orphans are left`] : []),
    ];
  },
});
