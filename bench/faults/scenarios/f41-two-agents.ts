import { setTimeout as delay } from "node:timers/promises";
import { drawGraph, step } from "#flow/starters/starter.ts";
import { claimHandOff, resolveHandOff } from "#server/hand-offs/change-hand-off.ts";
import { defineFault } from "../contract.ts";
import { addActor } from "../world/add-actor.ts";
import type { KnownFlow } from "../world/known-flow.ts";

const lastsMs = 8_000;

/** Hands everybody to an agent who has two seconds. */
const flow: KnownFlow = {
  name: "Hands over",
  event: "bank.asks-for-help",
  purpose: "service",
  firstTemplate: null,
  graph: drawGraph(
    { purpose: "service", reEntry: { mode: "every-event" }, enrollmentKey: "event.ref" },
    [
      step("start", "trigger-event", [0, 0], { event: "bank.asks-for-help", rule: { all: [] } }),
      step("agent", "hand-off", [0, 0], {
        queue: "Help",
        priority: "normal",
        note: "",
        timeout: { amount: 1, unit: "minutes" },
      }),
      step("helped", "goal", [0, 0], { name: "helped" }),
      step("late", "exit", [0, 0], { reason: "nobody came" }),
    ],
    [
      ["start", "next", "agent"],
      ["agent", "resolved", "helped"],
      ["agent", "timeout", "late"],
    ],
  ),
};

/** Two agents take each conversation at the same moment, and resolve it just as its time runs out: one owner, one way on. */
export const twoAgents = defineFault({
  id: "F41",
  title: "two agents claim one chat while its timer fires",
  flows: [flow],
  inject: async (bench) => {
    const { stack, note } = bench;
    const agents = [await addActor(bench, "agent"), await addActor(bench, "agent")];
    const end = performance.now() + lastsMs;
    let claims = 0;
    let lost = 0;
    while (performance.now() < end) {
      const open = await stack.query<{ id: string }>("select id from hand_off where status = 'open' limit 20");
      for (const { id: handOffId } of open) {
        const tries = await Promise.allSettled(agents.map((agent) => claimHandOff(agent, { handOffId })));
        claims += tries.filter(({ status }) => status === "fulfilled").length;
        lost += tries.filter(({ status }) => status === "rejected").length;
        // In the same moment the time of the step is over.
        const timer = stack.query(
          "update enrollment e set wake_at = now() from hand_off h where h.id = $1 and e.id = h.enrollment_id and e.status = 'waiting'",
          [handOffId],
        );
        const outcome = "Helped";
        await Promise.allSettled([timer, ...agents.map((agent) => resolveHandOff(agent, { handOffId, outcome }))]);
      }
      await delay(20);
    }
    note("claimed", claims);
    note("told that somebody else has them", lost);
    if (claims !== lost) throw new Error(`${claims} claims were granted and ${lost} refused.`);
  },
  expect: async ({ stack }) => {
    const twice = await stack.count(
      "select count(*) as n from (select subject_id from audit where action = 'claim-hand-off' group by 1 having count(*) > 1) x",
    );
    const bothWays = await stack.count(
      `select count(*) as n from (
         select enrollment_id from trace where node_id in ('helped', 'late') group by 1 having count(distinct node_id) > 1) x`,
    );
    const overtaken = await stack.count(
      `select count(*) as n from hand_off h join enrollment e on e.id = h.enrollment_id
       where h.status in ('open', 'claimed')
         and exists (select 1 from trace t where t.enrollment_id = e.id and t.node_id in ('late', 'helped'))`,
    );
    return [
      ...(overtaken === 0 ? [] : [`${overtaken} conversations stayed with agents although the flow had gone on`]),
      ...(twice === 0 ? [] : [`${twice} conversations had two owners`]),
      ...(bothWays === 0 ? [] : [`${bothWays} people went both ways after their conversation`]),
    ];
  },
});
