import type pg from "pg";
import { query, type Statement } from "../query.ts";
import type { ChannelBook } from "./channel-book.ts";

const readConnected: Statement = {
  name: "limits-channels",
  text: "select id from channel where status = 'connected' order by id",
};

/** Only a rate that is one of the provider's own steps: another one was chosen by people, and stays. */
const writeChannel: Statement = {
  name: "limits-channel",
  text: `
    update channel
    set messages_per_second = case when messages_per_second in (20, 80, 1000) then coalesce($2, messages_per_second) else messages_per_second end,
        portfolio_id = coalesce($3, portfolio_id)
    where id = $1
      and ((messages_per_second in (20, 80, 1000) and messages_per_second <> $2) or portfolio_id is distinct from coalesce($3, portfolio_id))`,
};

const writePortfolio: Statement = {
  name: "limits-portfolio",
  text: `
    insert into portfolio as p (workspace_id, id, people_per_day) values ($1, $2, $3)
    on conflict (workspace_id, id) do update set people_per_day = excluded.people_per_day
    where p.people_per_day is distinct from excluded.people_per_day`,
};

const timeoutMs = 10_000;

/** Asks every connected number's provider what it may do now, one after another, and writes down what has changed. */
export async function learnLimits(pool: pg.Pool, channels: ChannelBook): Promise<void> {
  const ids = (await query<{ id: string }>(pool, readConnected, [])).map((row) => row.id);
  for (const { id, workspaceId, channel, connection } of (await channels.load(pool, ids)).values()) {
    const limits = connection && (await channel.readLimits(connection, AbortSignal.timeout(timeoutMs)));
    if (!limits) continue;
    const { portfolio, messagesPerSecond } = limits;
    if (portfolio) await query(pool, writePortfolio, [workspaceId, portfolio.id, portfolio.peoplePerDay]);
    await query(pool, writeChannel, [id, messagesPerSecond, portfolio?.id ?? null]);
  }
}
