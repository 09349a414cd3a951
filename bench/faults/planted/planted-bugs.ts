import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { defineFault, type Fault } from "../contract.ts";
import type { FindingKind } from "../ledger/finding.ts";
import type { FaultResult } from "../run/run-fault.ts";

/** A bug of which the harness has to say that it is one, and what it has to call it. */
export type PlantedBug = { fault: Fault; mustFind: FindingKind };

const importOf = (name: string) => [fileURLToPath(new URL(`${name}.ts`, import.meta.url))];

/** Proof that the harness sees what it is there for: with these in the workers it must fail. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    mustFind: "over-cap",
    fault: defineFault({
      id: "P1",
      title: "planted: the cap is counted first and raised then",
      workerImports: importOf("count-then-insert"),
      workers: 3,
      world: { people: 60, capPerDay: 2 },
      load: { eventsPerSecond: 500, batch: 50 },
      inject: async () => undefined,
    }),
  },
  {
    mustFind: "doubled",
    fault: defineFault({
      id: "P2",
      title: "planted: no lease, no fencing",
      workerImports: importOf("no-lease"),
      allows: { unknown: true, flaggedDuplicates: true },
      inject: async ({ stack, load }) => {
        const [victim] = stack.workers;
        if (!victim) return;
        // Slow enough that the worker dies with calls under way that the provider has taken.
        stack.proxies.provider.slowDown(400);
        for (let crash = 0; crash < 3; crash += 1) {
          await load.untilAccepted(load.accepted + 30);
          await delay(500);
          await victim.kill();
          // The lease of 30 s, over at once: waiting for it would prove the same.
          await stack.query("update outbox set lease_until = now() where status = 'sending'");
          await victim.start();
        }
      },
    }),
  },
];

/** Whether every run with a planted bug failed, and for the right reason. */
export const areFound = (results: readonly FaultResult[]): boolean =>
  results.every(({ id, broken }) => {
    const mustFind = plantedBugs.find(({ fault }) => fault.id === id)?.mustFind;
    return broken.some(({ kind }) => kind === mustFind);
  });
