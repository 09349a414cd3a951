import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Actor } from "#server/trpc.ts";
import { type LaneName, lanes } from "./lanes.ts";

export type Throughput = {
  /** Start of the first of sixty whole minutes. */
  from: Date;
  /** Messages per second in each minute. */
  series: { lane: LaneName; perSecond: number[] }[];
};

const Row = z.object({ lane: z.number(), index: z.coerce.number(), sent: z.coerce.number() });
const From = z.object({ from: z.coerce.date() });

/** What left in each of the last sixty whole minutes. */
export async function readThroughput({ db, session }: Actor): Promise<Throughput> {
  const first = sql`date_bin('1 minute', now(), 'epoch') - interval '1 hour'`;
  const [start, sums] = await Promise.all([
    db.execute(sql`select ${first} as from`),
    db.execute(sql`
      select lane, floor(extract(epoch from at - (${first})) / 60) as index, sum(sent) as sent
      from lane_sample
      where at >= ${first} and at < date_bin('1 minute', now(), 'epoch') and workspace_id = ${session.workspaceId}
      group by 1, 2`),
  ]);
  const rows = z.array(Row).parse(sums.rows);
  const series = lanes.map(({ name }, lane) => {
    const sent = new Map(rows.filter((row) => row.lane === lane).map((row) => [row.index, row.sent]));
    return { lane: name, perSecond: Array.from({ length: 60 }, (_, index) => (sent.get(index) ?? 0) / 60) };
  });
  return { from: From.parse(start.rows[0]).from, series };
}
