import type { Transaction } from "#db/client.ts";
import type { Env } from "#server/env.ts";

/** What every part of the seed works with. `now` is the product's time: the history ends there. */
export type Seed = {
  tx: Transaction;
  env: Env;
  now: Date;
  workspaceId: string;
  channelId: string;
  ownerId: string;
  makerId: string;
};
