import { z } from "zod";
import type { FaultBench } from "../contract.ts";
import type { Facts } from "../ledger/facts.ts";

const Calls = z.object({
  data: z.array(
    z.looseObject({ at: z.string(), method: z.string(), httpStatus: z.number(), code: z.number().nullable() }),
  ),
});

/** Sends the sandbox has been asked for lately, by its own clock, with the code of those it refused. */
export async function callsOfProvider({ stack }: FaultBench): Promise<{ at: number; code: number | null }[]> {
  const { data } = Calls.parse(await stack.control.call("GET", "requests"));
  return data.filter(({ method }) => method === "POST").map(({ at, code }) => ({ at: Date.parse(at), code }));
}

/** The sandbox's own account of faults that are still to come: resolves when all are used up. */
export const untilFaultsAreUsed = ({ stack }: FaultBench, withinMs = 30_000): Promise<void> =>
  stack.until("all planted faults are used", async () => (await stack.control.plantedFaults()) === 0, withinMs);

/** Messages that reached their person before an earlier one of the same purpose; second attempts are told apart by their mark. */
export function overtaken({ provider, messages }: Facts): string[] {
  const resent = new Set(messages.filter(({ reason }) => reason === "resent").map(({ id }) => id));
  const byPair = Map.groupBy(
    provider.filter(({ ourId }) => !resent.has(ourId)),
    ({ to, purpose }) => `${to} ${purpose}`,
  );
  const late = [...byPair.values()].flatMap((taken) =>
    taken.filter(({ ourId }, index) => taken.slice(0, index).some((earlier) => earlier.ourId > ourId)),
  );
  return late.length === 0 ? [] : [`${late.length} messages arrived after a later one to the same person`];
}
