import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { DomainError } from "#server/errors.ts";
import { readWithin } from "#server/flows/live/read-within.ts";
import { maskPhone } from "#server/mask-phone.ts";
import type { Actor } from "#server/trpc.ts";
import { type ExperimentRow, findExperiment } from "./find-experiment.ts";
import { cohortSql } from "./moments/cohort.ts";
import { messageMoment, outcomeSql } from "./moments/outcome-sql.ts";
import { maturedCohort, windowOf, zoneOf } from "./read-facts.ts";
import { readMetrics } from "./read-metrics.ts";

const pageSize = 50;
const patienceMs = 20_000;

export const ListBehind = z.strictObject({
  experimentId: z.uuid(),
  arm: z.string().min(1).max(60),
  /** What they did; null: everybody assigned who has had the full window. */
  metric: z.string().min(1).max(60).nullable(),
  /** In a row of the table a metric has its own window; in the funnel every step has the one of the primary metric. */
  place: z.enum(["table", "funnel"]),
  direction: z.literal("forward").optional(),
  /** The moment and person of the last row of the page before. */
  cursor: z.object({ at: z.iso.datetime(), id: z.uuid() }).nullish(),
});
type Input = z.output<typeof ListBehind>;

const Row = z.object({
  contactId: z.string(),
  /** When they first did it; when they were assigned, where everybody is asked for. */
  at: z.coerce.date(),
  /** What was added up for them. */
  amount: z.coerce.number(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  template: z.string().nullable(),
  type: z.string().nullable(),
  status: z.string().nullable(),
  reason: z.string().nullable(),
  errorCode: z.number().nullable(),
});
export type BehindRow = z.output<typeof Row>;

/**
 * The people behind a number of an experiment, the newest first, each with the flow's message that it rests on: as many as the number says.
 * Who may not see people sees what became of the messages.
 */
export async function listBehind(actor: Actor, input: Input) {
  const { workspaceId, role } = actor.session;
  const rows = await readWithin(
    actor,
    async (tx) => {
      const row = await findExperiment(tx, workspaceId, input.experimentId);
      if (!row.arms.some(({ id }) => id === input.arm))
        throw new DomainError("bad-input", "This is no arm of the experiment. Choose one of its arms.");
      const timezone = await zoneOf(tx, workspaceId);
      const { rows: found } = await tx.execute(await statementOf(actor, { tx, row, input, timezone }));
      return z.array(Row).parse(found);
    },
    patienceMs,
  );
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const maySee = isAllowed(role, "see-contacts");
  return {
    rows: page.map((one) =>
      maySee ? { ...one, phone: maskPhone(one.phone) } : { ...one, firstName: null, lastName: null, phone: null },
    ),
    after: rows.length > pageSize && last ? { at: last.at.toISOString(), id: last.contactId } : null,
  };
}

type Asked = { tx: Queryable; row: ExperimentRow; input: Input; timezone: string };

async function statementOf(actor: Actor, { tx, row, input, timezone }: Asked): Promise<SQL> {
  const { arm, metric, place, cursor } = input;
  const windowHours = windowOf(row.plan, place === "table" ? metric : null);
  const cohort = { ...maturedCohort(row, { timezone, now: actor.clock.now(), windowHours }), arm };
  const known = metric === null ? undefined : (await readMetrics(tx, row.workspaceId, [metric])).get(metric);
  if (metric !== null && !known) throw new DomainError("bad-input", "The experiment is not measured by this.");
  const outcome = known
    ? sql`, outcome as (${outcomeSql(known.source, cohort, windowHours)})`
    : sql`, outcome as (select contact_id, 1 as y, at from cohort)`;
  // Of a message's own moment the message that had it, of anything else the last one before it happened.
  const moment = known && messageMoment(known.source);
  const fits = moment ? sql`${moment} = f.at` : sql`m.created_at <= f.at`;
  return sql`
    with ${cohortSql(cohort)} ${outcome},
    found as (
      select c.contact_id, c.at as since, coalesce(o.at, c.at) as at, o.y as amount
      from cohort c join outcome o on o.contact_id = c.contact_id and o.y <> 0
      ${cursor ? sql`where (coalesce(o.at, c.at), c.contact_id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)` : sql``}
      order by 3 desc, 1 desc limit ${pageSize + 1}
    )
    select f.contact_id as "contactId", f.at, f.amount, p.first_name as "firstName", p.last_name as "lastName", p.phone,
           s.template, s.type, s.status, s.reason, s.error_code as "errorCode"
    from found f left join contact p on p.id = f.contact_id
    left join lateral (
      select m.template, m.type, m.status, m.reason, m.error_code from message m
      where m.contact_id = f.contact_id and m.flow_id = ${row.flowId} and m.direction = 'outbound' and m.created_at >= f.since
      order by coalesce(${fits}, false) desc, m.created_at desc, m.id limit 1
    ) s on true
    order by f.at desc, f.contact_id desc`;
}
