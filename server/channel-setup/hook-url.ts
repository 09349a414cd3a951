import type { Env } from "#server/env.ts";
import type { ChannelRow } from "./find-channel.ts";

/** Where the provider brings this channel's webhooks: the public address, and a part that nobody can guess. */
export const hookUrl = (env: Pick<Env, "publicUrl">, row: Pick<ChannelRow, "id" | "hookToken">): string =>
  `${env.publicUrl}/hooks/meta/${row.id}/${row.hookToken}`;
