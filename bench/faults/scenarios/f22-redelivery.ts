import { defineFault } from "../contract.ts";
import { deliverHooks, hookBody, sentMessages, untilApplied } from "../world/hook-call.ts";

const calls = 4_000;
const awayMs = 3_000;
/** The bar is 250 ms on a quiet machine; this is a machine on which seven processes share the cores with the sender. */
const mostP99Ms = 1_000;

/** The door's webhook address is away for a while, and everything comes at once then, most of it for the second time. */
export const redelivery = defineFault({
  id: "F22",
  title: "webhooks away, then thousands at once",
  isTimed: true,
  inject: async ({ stack, world, random, note }) => {
    stack.proxies.hooks.refuse();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    stack.proxies.hooks.calm();
    const messages = await sentMessages(stack, world);
    const at = stack.now();
    const bodies = Array.from({ length: calls }, (_, index) => {
      const { id, wamid } = random.pick(messages);
      return hookBody([{ wamid, ref: id, status: index % 2 === 0 ? "delivered" : "read", at }]);
    });
    const begun = performance.now();
    const answers = await deliverHooks(stack, world, { bodies, atOnce: 64 });
    note("ack p50/p99", `${answers.p50Ms}/${answers.p99Ms} ms`);
    await untilApplied(stack);
    note("applied each second", Math.round((calls * 1000) / (performance.now() - begun)));
    if (answers.refused > 0) throw new Error(`The door refused ${answers.refused} of ${calls} genuine calls.`);
    if (answers.p99Ms > mostP99Ms) throw new Error(`One answer in a hundred took ${answers.p99Ms} ms.`);
  },
});
