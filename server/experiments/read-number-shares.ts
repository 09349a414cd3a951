import { sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { ExperimentRow } from "./find-experiment.ts";
import { checkShares, type ShareCheck } from "./judge/check-shares.ts";
import { type Cohort, cohortSql } from "./moments/cohort.ts";
import { firstNumberSql } from "./moments/first-number-sql.ts";
import { type ExperimentFacts, weightsBy } from "./read-facts.ts";

export type NumberShares = Pick<ShareCheck, "arms" | "p" | "status"> & {
  channelId: string;
  name: string;
  phone: string;
};

type Row = { channel_id: string; name: string; phone: string; arm: string; n: string } & {
  version_id: string;
  weights_id: string | null;
};

/**
 * The shares of the arms by the number that their people's first message left by, the busiest first; each is held against a threshold that
 * allows for all of them. A mismatch asks for a look and withholds nothing: an arm that sends later, or to fewer people, shows here, too.
 * Empty for a holdout, whose one side gets nothing, and while an arm has sent nothing at all.
 */
export async function readNumberShares(
  db: Queryable,
  { arms, kind }: ExperimentRow,
  { cohort, weights }: { cohort: Cohort; weights: ExperimentFacts["weights"] },
): Promise<NumberShares[]> {
  if (kind === "holdout") return [];
  const { rows } = await db.execute<Row>(sql`
    with ${cohortSql(cohort)},
    ${firstNumberSql(cohort)}
    select f.channel_id, ch.name, ch.phone, a.arm, a.version_id, a.weights_id, count(*) as n
    from first_sent f join channel ch on ch.id = f.channel_id
    join assignment a on a.experiment_id = ${cohort.experimentId} and a.contact_id = f.contact_id
    group by 1, 2, 3, 4, 5, 6`);
  if (!arms.every(({ id }) => rows.some(({ arm }) => arm === id))) return [];
  const weigh = weightsBy(weights, arms);
  const numbers = [...Map.groupBy(rows, ({ channel_id }) => channel_id)];
  return numbers
    .map(([channelId, own]): NumberShares => {
      const counts = own.map(({ arm, n, ...by }) => ({ arm, n: Number(n), day: "", weights: weigh(by) }));
      const { arms: seen, p, status } = checkShares(counts, arms, numbers.length);
      return { channelId, name: own[0]?.name ?? "", phone: own[0]?.phone ?? "", arms: seen, p, status };
    })
    .toSorted((one, other) => peopleOf(other) - peopleOf(one));
}

const peopleOf = ({ arms }: NumberShares): number => arms.reduce((sum, { seen }) => sum + seen, 0);
