import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { addDays } from "#flow/local-time.ts";
import { measures } from "#flow/metric.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { maskPhone } from "#server/mask-phone.ts";
import type { Actor } from "#server/trpc.ts";
import { countedRows, DashboardFilter, hourRows, isHourly } from "./dashboard-filter.ts";
import { measureColumn } from "./sums.ts";

const pageSize = 50;
/** Hours are taken together until they should hold a page; where a finer question is asked than hours tell apart, more of them. */
const finerFactor = 8;
const firstDays = 2;

export const ListCounted = DashboardFilter.safeExtend({
  measure: z.enum(measures),
  reason: z.string().max(100).optional(),
  errorCode: z.number().int().optional(),
  /** 1: Monday, and two hours by number: of the messages that left then. */
  weekday: z.number().int().min(1).max(7).optional(),
  hours: z.number().int().min(0).max(11).optional(),
  direction: z.literal("forward").optional(),
  /** The moment and id of the last row of the page before. */
  cursor: z.object({ at: z.iso.datetime(), id: z.uuid() }).nullish(),
});
type Input = z.output<typeof ListCounted>;

const HourRow = z.object({ from: z.coerce.date(), until: z.coerce.date(), n: z.number() });

const Row = z.object({
  id: z.string(),
  at: z.coerce.date(),
  contactId: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  flowName: z.string().nullable(),
  template: z.string().nullable(),
  direction: z.enum(["outbound", "inbound"]),
  status: z.string(),
  reason: z.string().nullable(),
  errorCode: z.number().nullable(),
});
export type CountedRow = z.output<typeof Row>;

/**
 * The messages behind a number, newest first, and whose they were. The counts by hour say where to look, so a rare thing among millions
 * costs as little as a frequent one. Who may not see people sees what became of which message.
 */
export async function listCounted(actor: Actor, input: Input) {
  const rows = await findRows(actor, input);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  const maySee = isAllowed(actor.session.role, "see-contacts");
  return {
    rows: page.map((row) =>
      maySee ? { ...row, phone: maskPhone(row.phone) } : { ...row, firstName: null, lastName: null, phone: null },
    ),
    after: rows.length > pageSize && last ? { at: last.at.toISOString(), id: last.id } : null,
  };
}

/** A page and one more, so that it shows whether another follows. The newest days first, and more of them each time. */
async function findRows(actor: Actor, input: Input): Promise<CountedRow[]> {
  const rows: CountedRow[] = [];
  const wanted = (isHourly(input) && !input.reason ? 1 : finerFactor) * (pageSize + 1);
  // A clock of the workspace may be a day ahead of UTC.
  let until = input.cursor ? earlier(input.until, addDays(input.cursor.at.slice(0, 10), 1)) : input.until;
  for (let days = firstDays; until >= input.from && rows.length <= pageSize; days *= 4) {
    const from = [addDays(until, 1 - days), input.from].toSorted().at(-1) ?? input.from;
    const hours = await readHours(actor, { ...input, from, until });
    for (let round = 0; hours.length > 0 && rows.length <= pageSize; round += 1) {
      const some = takeHours(hours, wanted * 2 ** round);
      rows.push(...(await readMessages(actor, input, some, pageSize + 1 - rows.length)));
    }
    until = addDays(from, -1);
  }
  return rows;
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

/** The hours in which such messages left, the newest first, up to the cursor. */
async function readHours(actor: Actor, input: Input) {
  const measure = measureColumn(input.measure);
  const { rows } = await actor.db.execute(sql`
    select (day + make_interval(hours => hour)) at time zone w.counted_zone as from,
           (day + make_interval(hours => hour + 1)) at time zone w.counted_zone as until, sum(${measure})::float8 as n
    from message_hour join workspace w on w.id = message_hour.workspace_id
    where ${hourRows(actor, input, input)} and ${measure} > 0
      ${input.weekday ? sql`and extract(isodow from day) = ${input.weekday}` : sql``}
      ${input.hours === undefined ? sql`` : sql`and hour / 2 = ${input.hours}`}
      ${input.cursor ? sql`and (day + make_interval(hours => hour)) at time zone w.counted_zone <= ${input.cursor.at}::timestamptz` : sql``}
    group by day, hour, w.counted_zone order by day desc, hour desc`);
  return z.array(HourRow).parse(rows);
}

/** Takes hours off the front until they should hold `wanted` messages. */
function takeHours(hours: z.output<typeof HourRow>[], wanted: number) {
  let n = 0;
  const count = hours.findIndex((hour) => {
    n += hour.n;
    return n >= wanted;
  });
  return hours.splice(0, count < 0 ? hours.length : count + 1);
}

async function readMessages(
  { db, session }: Actor,
  input: Input,
  hours: readonly z.output<typeof HourRow>[],
  limit: number,
): Promise<CountedRow[]> {
  const at = sql`coalesce(m.sent_at, m.created_at)`;
  const [newest, oldest] = [hours[0], hours.at(-1)];
  if (!newest || !oldest) return [];
  const { rows } = await db.execute(sql`
    with found as (
      select m.id, ${at} as at, m.contact_id, m.flow_id, m.template, m.direction, m.status, c.reason, c.error_code
      from message m cross join lateral message_counts(m) c
      where m.workspace_id = ${session.workspaceId} and m.status <> 'queued' and m.status <> 'sending'
        and ${at} >= ${oldest.from.toISOString()}::timestamptz and ${at} < ${newest.until.toISOString()}::timestamptz
        ${within(hours, at)} and ${asked(input)}
        ${input.cursor ? sql`and (${at}, m.id) < (${input.cursor.at}::timestamptz, ${input.cursor.id}::uuid)` : sql``}
      order by ${at} desc, m.id desc limit ${limit}
    )
    select f.id, f.at, f.contact_id as "contactId", p.first_name as "firstName", p.last_name as "lastName", p.phone,
           w.name as "flowName", f.template, f.direction, f.status, f.reason, f.error_code as "errorCode"
    from found f left join contact p on p.id = f.contact_id left join flow w on w.id = f.flow_id
    order by f.at desc, f.id desc`);
  return z.array(Row).parse(rows);
}

/** With gaps between them, the hours are named one by one. */
function within(hours: readonly z.output<typeof HourRow>[], at: SQL): SQL {
  const isGapless = hours.every(
    (hour, index) => index === 0 || hours[index - 1]?.from.getTime() === hour.until.getTime(),
  );
  if (isGapless) return sql``;
  const [from, until] = [hours.map((hour) => hour.from.toISOString()), hours.map((hour) => hour.until.toISOString())];
  return sql`and exists (
    select 1 from unnest(${sql.param(from)}::timestamptz[], ${sql.param(until)}::timestamptz[]) as h(since, till)
    where ${at} >= h.since and ${at} < h.till)`;
}

/** On the columns of `message_counts`, named `c`. */
function asked(input: Input): SQL {
  const named = sql`select 1 from (select c.flow_id, c.template, c.language, c.country, c.channel_id, c.purpose, c.node_id, c.version_id) c where ${countedRows(input)}`;
  return sql`c.${measureColumn(input.measure)} > 0 and exists (${named})
    ${input.reason ? sql`and c.reason = ${input.reason}` : sql``}
    ${input.errorCode === undefined ? sql`` : sql`and c.error_code = ${input.errorCode}`}`;
}
