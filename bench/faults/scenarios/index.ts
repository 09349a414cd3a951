import type { Fault } from "../contract.ts";
import { killWorkers } from "./f01-kill-workers.ts";
import { crashPostgres } from "./f05-crash-postgres.ts";

/** Every fault, in the order of the catalogue: one line each, so that nobody stands in another's way. */
export const faults: readonly Fault[] = [killWorkers, crashPostgres];
