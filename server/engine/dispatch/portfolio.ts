import type pg from "pg";
import { inTransaction, query, type Statement } from "../query.ts";

/** One message to a person outside their window, by a number whose portfolio has a limit of people per day. */
export type PersonRequest = { messageId: string; workspaceId: string; portfolioId: string; contactId: string };

/** The limit is used up; `inMs`: when this person's turn may come, as far as one can know now. */
export type PortfolioRefusal = { inMs: number; people: number };

/** Portfolios are counted by one claim at a time: the next statement sees all that was counted before. In one order everywhere. */
const lockPortfolios: Statement = {
  name: "portfolio-lock",
  text: `
    select workspace_id, id, people_per_day from portfolio
    where (workspace_id, id) in (select * from unnest($1::uuid[], $2::text[])) and people_per_day is not null
    order by 1, 2 for update`,
};

/** Whoever is counted already costs nothing more: their day begins anew. A new person takes a place while there is one. */
const countPeople: Statement = {
  name: "portfolio-count",
  text: `
    with wanted as materialized (
      select * from unnest($1::uuid[], $2::text[], $3::uuid[]) with ordinality as w(workspace_id, portfolio_id, contact_id, place)
    ), known as (
      update portfolio_person p set last_at = clock_timestamp() from wanted w
      where p.workspace_id = w.workspace_id and p.portfolio_id = w.portfolio_id and p.contact_id = w.contact_id
      returning p.workspace_id, p.portfolio_id, p.contact_id
    ), fresh as (
      select w.*, row_number() over (partition by workspace_id, portfolio_id order by place) as turn from wanted w
      where not exists (
        select 1 from portfolio_person p
        where p.workspace_id = w.workspace_id and p.portfolio_id = w.portfolio_id and p.contact_id = w.contact_id)
    ), added as (
      insert into portfolio_person (workspace_id, portfolio_id, contact_id, last_at)
      select f.workspace_id, f.portfolio_id, f.contact_id, clock_timestamp()
      from fresh f join portfolio o on o.workspace_id = f.workspace_id and o.id = f.portfolio_id
      where o.used + f.turn <= o.people_per_day
      returning workspace_id, portfolio_id, contact_id
    ), counted as (
      update portfolio o set used = o.used + a.people
      from (select workspace_id, portfolio_id, count(*)::integer as people from added group by 1, 2) a
      where o.workspace_id = a.workspace_id and o.id = a.portfolio_id
    )
    select workspace_id, portfolio_id, contact_id from known
    union all
    select workspace_id, portfolio_id, contact_id from added`,
};

/** When the oldest places become free, the first of the refused first. */
const nextPlaces: Statement = {
  name: "portfolio-next",
  text: `
    select extract(epoch from last_at + interval '24 hours' - clock_timestamp()) * 1000 as in_ms
    from portfolio_person where workspace_id = $1 and portfolio_id = $2 order by last_at limit $3`,
};

const dropOld: Statement = {
  name: "portfolio-sweep",
  text: `
    with gone as (
      delete from portfolio_person p using portfolio o
      where o.workspace_id = any($1::uuid[]) and p.workspace_id = o.workspace_id and p.portfolio_id = o.id
        and p.last_at <= clock_timestamp() - interval '24 hours'
      returning p.workspace_id, p.portfolio_id
    )
    update portfolio o set used = greatest(0, o.used - g.people)
    from (select workspace_id, portfolio_id, count(*)::integer as people from gone group by 1, 2) g
    where o.workspace_id = g.workspace_id and o.id = g.portfolio_id`,
};

const keyOf = (workspaceId: string, portfolioId: string, contactId = ""): string =>
  `${workspaceId} ${portfolioId} ${contactId}`;

type Portfolio = { workspace_id: string; id: string; people_per_day: number };

/**
 * Counts these people against their portfolio's limit, in this order; answers those that no longer fit. Nothing is counted where no
 * limit is known. Part of the claim's transaction: whoever counts the same portfolio waits until it ends.
 */
export async function admitPeople(
  client: pg.ClientBase,
  requests: readonly PersonRequest[],
): Promise<Map<string, PortfolioRefusal>> {
  const refused = new Map<string, PortfolioRefusal>();
  if (requests.length === 0) return refused;
  const portfolios = await query<Portfolio>(client, lockPortfolios, [
    requests.map(({ workspaceId }) => workspaceId),
    requests.map(({ portfolioId }) => portfolioId),
  ]);
  if (portfolios.length === 0) return refused;
  await query(client, dropOld, [[...new Set(portfolios.map((each) => each.workspace_id))]]);
  const limits = new Map(portfolios.map((each) => [keyOf(each.workspace_id, each.id), each.people_per_day]));
  const limited = requests.filter((each) => limits.has(keyOf(each.workspaceId, each.portfolioId)));
  type Counted = { workspace_id: string; portfolio_id: string; contact_id: string };
  const rows = await query<Counted>(client, countPeople, [
    limited.map(({ workspaceId }) => workspaceId),
    limited.map(({ portfolioId }) => portfolioId),
    limited.map(({ contactId }) => contactId),
  ]);
  const counted = new Set(rows.map((row) => keyOf(row.workspace_id, row.portfolio_id, row.contact_id)));
  const tooMany = Map.groupBy(
    limited.filter((each) => !counted.has(keyOf(each.workspaceId, each.portfolioId, each.contactId))),
    (each) => keyOf(each.workspaceId, each.portfolioId),
  );
  for (const [key, people] of tooMany) await refuse(client, people, { people: limits.get(key) ?? 0, refused });
  return refused;
}

const longestWaitMs = 24 * 3_600_000;

async function refuse(
  client: pg.ClientBase,
  requests: readonly PersonRequest[],
  { people, refused }: { people: number; refused: Map<string, PortfolioRefusal> },
): Promise<void> {
  const [first] = requests;
  if (!first) return;
  const values = [first.workspaceId, first.portfolioId, requests.length];
  const places = (await query<{ in_ms: string }>(client, nextPlaces, values)).map((row) => Number(row.in_ms));
  for (const [index, { messageId }] of requests.entries()) {
    // More are refused than there are places at all: they ask again with the last of them.
    const inMs = places[Math.min(index, places.length - 1)] ?? longestWaitMs;
    refused.set(messageId, { inMs: Math.max(1000, inMs), people });
  }
}

const lockAll: Statement = {
  name: "portfolio-lock-all",
  text: `
    select distinct workspace_id from (
      select workspace_id from portfolio where people_per_day is not null order by workspace_id, id for update
    ) locked`,
};

/** Forgets whoever was written to more than a day ago, also where nothing is sent any more. */
export const sweepPortfolios = (pool: pg.Pool): Promise<void> =>
  inTransaction(pool, async (client) => {
    const rows = await query<{ workspace_id: string }>(client, lockAll, []);
    if (rows.length > 0) await query(client, dropOld, [rows.map((row) => row.workspace_id)]);
  });
