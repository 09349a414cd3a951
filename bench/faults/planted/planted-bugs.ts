import { fileURLToPath } from "node:url";
import { defineFault, type Fault } from "../contract.ts";

const importOf = (name: string) => [fileURLToPath(new URL(`${name}.ts`, import.meta.url))];

/** Proof that the harness sees what it is there for: with these in the workers it must fail. */
export const plantedBugs: readonly Fault[] = [
  defineFault({
    mustFind: "over-cap",
    id: "P1",
    title: "planted: the cap is counted first and raised then",
    workerImports: importOf("count-then-insert"),
    workers: 3,
    world: { people: 20, capPerDay: 2 },
    load: { events: 500, eventsPerSecond: 500, batch: 50 },
    inject: async () => undefined,
  }),
  defineFault({
    mustFind: "doubled",
    id: "P2",
    title: "planted: no lease, no fencing",
    workerImports: importOf("no-lease"),
    allows: { unknown: true, flaggedDuplicates: true },
    inject: async ({ stack }) => {
      // No status comes in time to save the day, however long the workers take to begin anew.
      stack.proxies.hooks.stall();
      // Taken by the provider and never answered: in the hands of whoever dies now.
      await stack.control.plantFault({ mode: "accept-then-timeout", count: 20 });
      const hanging =
        "select count(*) as n from outbox where status = 'sending' and lease_until < now() + interval '29 seconds'";
      await stack.until("ten calls hang", async () => (await stack.count(hanging)) >= 10, 20_000);
      await Promise.all(stack.workers.map((worker) => worker.kill()));
      // The leases of 30 s, over at once: waiting for them would prove the same.
      const held = await stack.query<{ id: string }>(
        "update outbox set lease_until = now() where status = 'sending' returning message_id as id",
      );
      await Promise.all(stack.workers.map((worker) => worker.start()));
      const untouched =
        "select count(*) as n from outbox where message_id = any($1) and (status in ('queued', 'behind') or lease_until < now())";
      const ids = held.map(({ id }) => id);
      await stack.until(
        "somebody has taken them over",
        async () => (await stack.count(untouched, [ids])) === 0,
        45_000,
      );
    },
  }),
];
