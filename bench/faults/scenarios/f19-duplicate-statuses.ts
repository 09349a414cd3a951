import { defineFault } from "../contract.ts";
import { deliverHooks, hookBody, sentMessages, shuffled, untilApplied } from "../world/hook-call.ts";

const copies = 10;

/** Every status ten times, side by side and by all workers: one transition, one signal. */
export const duplicateStatuses = defineFault({
  id: "F19",
  title: "each status ten times, in parallel",
  inject: async ({ stack, world, random, note }) => {
    const messages = await sentMessages(stack, world);
    const at = stack.now();
    const told = messages.flatMap(({ id, wamid }) =>
      (["sent", "delivered", "read"] as const).map((status) => ({ wamid, ref: id, status, at })),
    );
    const bodies = Array.from({ length: copies }, () => told.map((status) => hookBody([status]))).flat();
    const answers = await deliverHooks(stack, world, { bodies: shuffled(random, bodies), atOnce: 32 });
    await untilApplied(stack);
    note("calls", bodies.length);
    note("ack p99", `${answers.p99Ms} ms`);
    if (answers.refused > 0) throw new Error(`The door refused ${answers.refused} genuine calls.`);
  },
  expect: async ({ stack, world }) => {
    // A flow notes on the person what it was told: once for each of its messages that arrived.
    const twice = await stack.count(
      `select count(*) as n from (
         select t.enrollment_id from trace t join enrollment e on e.id = t.enrollment_id
         where e.workspace_id = $1 and t.node_id = 'told' group by t.enrollment_id, t.kind having count(*) > 1) x`,
      [world.workspaceId],
    );
    const orphans = await stack.count("select count(*) as n from orphan_status");
    return [
      ...(twice > 0 ? [`${twice} enrollments were told of one delivery more than once`] : []),
      ...(orphans > 0 ? [`${orphans} statuses of our own messages were left as orphans`] : []),
    ];
  },
});
