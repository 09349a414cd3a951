import { setTimeout as delay } from "node:timers/promises";
import { defineFault } from "../contract.ts";
import type { FaultStack } from "../stack/fault-stack.ts";
import type { Service } from "../stack/service.ts";

const freezes = 2;

/**
 * A worker stands still in the middle of its work for longer than its lease, another takes over, and the first goes on as if nothing
 * had been. The lease (30 s) is ended early in the database: that the other waits for it is another test's matter.
 */
export const freezeWorker = defineFault({
  id: "F3",
  title: "SIGSTOP of a worker beyond its lease, then SIGCONT",
  // Its calls may have been made while nobody heard their answers.
  allows: { unknown: true, flaggedDuplicates: true },
  load: { lastsSeconds: 12 },
  inject: async ({ stack, random, note }) => {
    for (let freeze = 0; freeze < freezes; freeze += 1) {
      await delay(random.int(300, 1_000));
      const worker = random.pick(stack.workers);
      const id = idOf(stack, worker);
      const [before] = await stack.query<{ fence: string }>("select fence from worker where id = $1", [id]);
      worker.freeze();
      const begun = performance.now();
      await stack.until("the lease is over", () => endLease(stack, id), 25_000);
      await stack.until("another has taken over", () => isIn(stack, id, "lost"), 10_000);
      note(`taken over ${freeze + 1}`, `${Math.round(performance.now() - begun)} ms after the lease`);
      await delay(random.int(300, 1_500));
      worker.thaw();
      await stack.until("it works again", () => isIn(stack, id, "working"), 15_000);
      const [after] = await stack.query<{ fence: string }>("select fence from worker where id = $1", [id]);
      if (Number(after?.fence) <= Number(before?.fence))
        throw new Error("A lost worker came back under its old token.");
    }
  },
});

/** The worker's own id, as its log tells. */
function idOf(stack: FaultStack, worker: Service): string {
  const ids = [...stack.logOf(worker).matchAll(/"workerId":"([0-9a-f-]{36})"/g)];
  return ids.at(-1)?.[1] ?? "";
}

/** False while the frozen worker's last transaction still holds its row: the server ends that after 20 s of silence. */
async function endLease(stack: FaultStack, id: string): Promise<boolean> {
  const ended = "update worker set lease_until = clock_timestamp() where id = $1 returning id";
  return (await stack.query(ended, [id])).length === 1;
}

const isIn = async (stack: FaultStack, id: string, state: string): Promise<boolean> =>
  (await stack.count("select count(*) as n from worker where id = $1 and state = $2", [id, state])) === 1;
