import { newId } from "#server/id.ts";
import { defineFault } from "../contract.ts";
import { deliverHooks, hookBody, type ToldStatus, untilApplied } from "../world/hook-call.ts";

const strangers = 200;
const neighbourWamid = "wamid.neighbour";

/** Statuses of messages nobody knows, and of the neighbour's by both of its ids: taken with 200, kept as orphans, attached to nothing. */
export const strangeStatuses = defineFault({
  id: "F21",
  title: "statuses of unknown messages and of another workspace",
  prepare: async ({ stack, world }) => {
    await stack.query(
      `insert into message (id, workspace_id, shard, contact_id, direction, type, status, wamid, created_at)
       select $1, $2, 0, id, 'outbound', 'template', 'sent', $3, now() from contact where workspace_id = $2 limit 1`,
      [newId(), world.neighbourId, neighbourWamid],
    );
  },
  inject: async ({ stack, world, note }) => {
    const [neighbours] = await stack.query<{ id: string }>("select id from message where wamid = $1", [neighbourWamid]);
    const at = stack.now();
    const unknown = Array.from({ length: strangers }, (_, index): ToldStatus => {
      const ref = index % 3 === 0 ? newId() : index % 3 === 1 ? "an order of another tool" : undefined;
      return { wamid: `wamid.strange.${index}`, ref, status: "delivered", at };
    });
    const foreign: ToldStatus[] = [
      { wamid: neighbourWamid, status: "read", at },
      { wamid: "wamid.strange.ref", ref: neighbours?.id, status: "failed", at },
    ];
    const bodies = [...unknown, ...foreign].map((status) => hookBody([status]));
    const answers = await deliverHooks(stack, world, { bodies: [...bodies, ...bodies], atOnce: 16 });
    await untilApplied(stack);
    note("calls", bodies.length * 2);
    if (answers.refused > 0) throw new Error(`The door refused ${answers.refused} genuine calls.`);
  },
  expect: async ({ stack, world }) => {
    const orphans = await stack.count("select count(*) as n from orphan_status where workspace_id = $1", [
      world.workspaceId,
    ]);
    const elsewhere = await stack.count("select count(*) as n from orphan_status where workspace_id <> $1", [
      world.workspaceId,
    ]);
    const [neighbours] = await stack.query<{ status: string }>("select status from message where wamid = $1", [
      neighbourWamid,
    ]);
    return [
      ...(orphans === strangers + 2 ? [] : [`${orphans} orphans were kept of ${strangers + 2}`]),
      ...(elsewhere === 0 ? [] : [`${elsewhere} orphans lie in another workspace`]),
      ...(neighbours?.status === "sent" ? [] : [`the neighbour's message became ${neighbours?.status}`]),
    ];
  },
});
