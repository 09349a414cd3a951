import type { Fault } from "../contract.ts";
import { killWorkers } from "./f01-kill-workers.ts";
import { crashPoints } from "./f02-crash-points.ts";
import { crashPostgres } from "./f05-crash-postgres.ts";
import { endSessions } from "./f06-end-sessions.ts";
import { busyDashboards } from "./f10-busy-dashboards.ts";
import { oldSnapshot } from "./f11-old-snapshot.ts";
import { deadlocks } from "./f12-deadlocks.ts";
import { wrongClocks } from "./f26-wrong-clocks.ts";
import { clockChanges } from "./f27-changes-of-the-clock.ts";
import { manyZones } from "./f28-zones.ts";
import { calendar } from "./f29-calendar.ts";

/** Every fault, in the order of the catalogue: one line each, so that nobody stands in another's way. */
export const faults: readonly Fault[] = [
  killWorkers,
  crashPoints,
  crashPostgres,
  endSessions,
  busyDashboards,
  oldSnapshot,
  deadlocks,
  wrongClocks,
  clockChanges,
  manyZones,
  calendar,
];
