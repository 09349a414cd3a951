import type { Pool } from "pg";
import type { Database } from "#db/client.ts";
import type { Clock } from "#server/clock.ts";
import type { Env } from "#server/env.ts";
import type { Log } from "#server/log.ts";
import type { DoorMetrics } from "#server/observe/door-metrics.ts";
import type { Tracing } from "#server/observe/tracing.ts";
import type { AccessKeys } from "./access-keys.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { ChannelHooks } from "./hooks/channel-hooks.ts";
import type { RawCall } from "./hooks/store-raw-calls.ts";
import type { Arrival } from "./ingest/arrival.ts";
import type { EventPace } from "./ingest/event-pace.ts";
import type { Room } from "./room.ts";

/** What every route of the door works with. */
export type Door = {
  env: Env;
  log: Log;
  clock: Clock;
  pool: Pool;
  db: Database;
  /** For what reads and for single changes: `pool` is theirs; groups are written on connections of their own. */
  room: Room;
  keys: AccessKeys;
  pace: EventPace;
  hooks: ChannelHooks;
  /** Events and webhook calls are stored by groups: many requests, one commit. */
  arrivals: GroupCommit<Arrival>;
  rawCalls: GroupCommit<RawCall>;
  metrics: DoorMetrics;
  /** Null where no collector is named. */
  tracing: Tracing | null;
};
