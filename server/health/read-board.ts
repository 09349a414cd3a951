import type { Actor } from "#server/trpc.ts";
import { type Alert, findAlerts } from "./find-alerts.ts";
import { readHold } from "./hold-sending.ts";
import { maySeeInstallation } from "./may-see-installation.ts";
import { readChannels } from "./read-channels.ts";
import { readDatabase } from "./read-database.ts";
import { readDeadLetters } from "./read-dead-letters.ts";
import { readLanes } from "./read-lanes.ts";
import { readLeftOvers } from "./read-left-overs.ts";
import { readThroughput } from "./read-throughput.ts";
import { readUnknowns } from "./read-unknowns.ts";
import { readWorkers } from "./read-workers.ts";

/** Everything on the Health screen, as it is now. `installation` is null for people of other workspaces than the operator's. */
export async function readBoard(actor: Actor) {
  const { env } = actor;
  const hold = await readHold(actor);
  const [lanes, throughput, unknowns, deadLetters, channels, leftOvers, installation] = await Promise.all([
    readLanes(actor, { isHeld: hold !== null }),
    readThroughput(actor),
    readUnknowns(actor),
    readDeadLetters(actor),
    readChannels(actor),
    readLeftOvers(actor),
    maySeeInstallation(actor).then((may) => (may ? readInstallation(actor) : null)),
  ]);
  const alerts: Alert[] = findAlerts({
    isHeld: hold !== null,
    lanes,
    unknowns: unknowns.total,
    deadLetters: deadLetters.total,
    failedCalls: leftOvers.failedCalls.reduce((sum, call) => sum + call.items, 0),
    unreadWebhooks: leftOvers.unread.items,
    channels,
    perSecond: lanes.reduce((sum, lane) => sum + lane.perSecond, 0),
    workers: installation && env.workers > 0 ? installation.workers : null,
    database: installation?.database ?? null,
  });
  return { alerts, hold, lanes, throughput, unknowns, deadLetters, channels, leftOvers, installation };
}

async function readInstallation({ db }: Actor) {
  const [workers, database] = await Promise.all([readWorkers(db), readDatabase(db)]);
  return { workers, database };
}

export type Board = Awaited<ReturnType<typeof readBoard>>;

/** How many things there are to look at: the badge beside the screen's icon. */
export const countAlerts = async (actor: Actor): Promise<{ alerts: number }> => ({
  alerts: (await readBoard(actor)).alerts.length,
});
