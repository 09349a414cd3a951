import { defineFault } from "../contract.ts";
import { deliverHooks, sentMessages, shuffled, untilApplied } from "../world/hook-call.ts";

/** Genuine calls of a week ago, byte by byte and with their valid signatures, once more: nothing happens twice. */
export const replayedCalls = defineFault({
  id: "F24",
  title: "a week's old calls replayed with their signatures",
  inject: async ({ stack, world, random, note }) => {
    await sentMessages(stack, world);
    await untilApplied(stack);
    await stack.query("update webhook_key set at = at - interval '7 days'");
    const rows = await stack.query<{ body: Buffer }>("select body from raw_webhook where workspace_id = $1", [
      world.workspaceId,
    ]);
    const bodies = shuffled(
      random,
      rows.map(({ body }) => body),
    );
    const answers = await deliverHooks(stack, world, { bodies: [...bodies, ...bodies], atOnce: 16 });
    await untilApplied(stack);
    note("calls", bodies.length * 2);
    if (answers.refused > 0) throw new Error(`The door refused ${answers.refused} genuine calls.`);
  },
  expect: async ({ stack, world }) => {
    const twice = async (what: string, sql: string) => {
      const n = await stack.count(`select count(*) as n from (${sql}) x`, [world.workspaceId]);
      return n === 0 ? [] : [`${n} ${what} twice`];
    };
    return [
      ...(await twice(
        "messages of people are stored",
        "select wamid from message where workspace_id = $1 and direction = 'inbound' group by wamid having count(*) > 1",
      )),
      ...(await twice(
        "withdrawals stand in the ledger",
        `select proof->>'wamid' from consent where workspace_id = $1 and source = 'keyword'
         group by contact_id, purpose, proof->>'wamid' having count(*) > 1`,
      )),
    ];
  },
});
