import type { Fault } from "../contract.ts";
import { killWorkers } from "./f01-kill-workers.ts";
import { crashPoints } from "./f02-crash-points.ts";
import { freezeWorker } from "./f03-freeze-worker.ts";
import { deploy } from "./f04-deploy.ts";
import { crashPostgres } from "./f05-crash-postgres.ts";
import { endSessions } from "./f06-end-sessions.ts";
import { lostCommits } from "./f07-lost-commits.ts";
import { slowDatabase } from "./f08-slow-database.ts";
import { diskFull } from "./f09-disk-full.ts";
import { busyDashboards } from "./f10-busy-dashboards.ts";
import { oldSnapshot } from "./f11-old-snapshot.ts";
import { deadlocks } from "./f12-deadlocks.ts";
import { noAnswer } from "./f13-no-answer.ts";
import { brokenAnswers, lostCalls } from "./f14-broken-answers.ts";
import { storm } from "./f15-storm.ts";
import { slowDown } from "./f16-slow-down.ts";
import { pairRate } from "./f17-pair-rate.ts";
import { refusals } from "./f18-refusals.ts";
import { duplicateStatuses } from "./f19-duplicate-statuses.ts";
import { statusesOutOfOrder } from "./f20-statuses-out-of-order.ts";
import { strangeStatuses } from "./f21-strange-statuses.ts";
import { redelivery } from "./f22-redelivery.ts";
import { slowClients } from "./f23-slow-clients.ts";
import { replayedCalls } from "./f24-replayed-calls.ts";
import { hangingEndpoint } from "./f25-hanging-endpoint.ts";
import { wrongClocks } from "./f26-wrong-clocks.ts";
import { clockChanges } from "./f27-changes-of-the-clock.ts";
import { manyZones } from "./f28-zones.ts";
import { calendar } from "./f29-calendar.ts";
import { poisonEvents } from "./f30-poison-events.ts";
import { poison } from "./f31-poison.ts";
import { giantPayloads } from "./f32-giant-payloads.ts";
import { brokenGraphs } from "./f33-broken-graphs.ts";
import { publishUnderLoad } from "./f34-publish.ts";
import { holdAndArchive } from "./f35-hold.ts";
import { templateTrouble } from "./f36-template-trouble.ts";
import { erasedPeople } from "./f37-erased-people.ts";
import { stopWhileQueued } from "./f38-stop-while-queued.ts";
import { capRace } from "./f39-cap-race.ts";
import { twoAgents } from "./f41-two-agents.ts";
import { experiment } from "./f42-experiment.ts";

/** Every fault, in the order of the catalogue: one line each, so that nobody stands in another's way. */
export const faults: readonly Fault[] = [
  killWorkers,
  crashPoints,
  freezeWorker,
  deploy,
  crashPostgres,
  endSessions,
  lostCommits,
  slowDatabase,
  diskFull,
  busyDashboards,
  oldSnapshot,
  deadlocks,
  noAnswer,
  brokenAnswers,
  lostCalls,
  storm,
  slowDown,
  pairRate,
  refusals,
  duplicateStatuses,
  statusesOutOfOrder,
  strangeStatuses,
  redelivery,
  slowClients,
  replayedCalls,
  hangingEndpoint,
  wrongClocks,
  clockChanges,
  manyZones,
  calendar,
  poisonEvents,
  poison,
  giantPayloads,
  publishUnderLoad,
  holdAndArchive,
  stopWhileQueued,
  capRace,
  twoAgents,
  brokenGraphs,
  templateTrouble,
  erasedPeople,
  experiment,
];
