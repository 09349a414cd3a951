import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { NodeId, purposes } from "#flow/graph.ts";
import { addDays } from "#flow/local-time.ts";

/** Published limit (docs/dashboard.md): as many days may be looked at together. */
const mostDays = 366;

/** Whose numbers are read: a person's of the workspace, or a worker's for it. */
export type Reader = { db: Queryable; session: { workspaceId: string } };

const Day = z.iso.date();

/** What may be asked about: days by the workspace's clock, both included, and which messages. An unknown id finds nothing. */
export const DashboardFilter = z
  .strictObject({
    from: Day,
    until: Day,
    flowId: z.uuid().optional(),
    template: z.string().max(512).optional(),
    language: z.string().max(20).optional(),
    country: z.string().length(2).optional(),
    channelId: z.uuid().optional(),
    purpose: z.enum(purposes).optional(),
    /** A step or a version of the flow: ids of steps are a flow's own, so only with one. */
    nodeId: NodeId.optional(),
    versionId: z.uuid().optional(),
  })
  .refine(({ from, until }) => from <= until && until < addDays(from, mostDays), {
    error: `A period has 1 to ${mostDays} days, the first one first`,
  })
  .refine(({ flowId, nodeId }) => flowId !== undefined || nodeId === undefined, {
    error: "A step is asked about together with its flow",
  });
export type DashboardFilter = z.output<typeof DashboardFilter>;

/** A stretch of days, both included. */
export type Period = { from: string; until: string };

/** As many days just before. */
export function periodBefore({ from, until }: Period): Period {
  const days = Math.round((Date.parse(until) - Date.parse(from)) / 86_400_000) + 1;
  return { from: addDays(from, -days), until: addDays(from, -1) };
}

/** All days of a period, in order. */
export function daysOf({ from, until }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The rows of `message_day`, or of anything with its columns, that the filter means, within `period`. */
export const dayRows = ({ session }: Reader, filter: DashboardFilter, { from, until }: Period): SQL =>
  sql`workspace_id = ${session.workspaceId} and day between ${from}::date and ${until}::date
      ${hourly(filter)} ${finer(filter)}`;

/** The same of `message_hour`, which tells fewer things apart: what it cannot tell is not asked (`isHourly`). */
export const hourRows = ({ session }: Reader, filter: DashboardFilter, { from, until }: Period): SQL =>
  sql`workspace_id = ${session.workspaceId} and day between ${from}::date and ${until}::date ${hourly(filter)}`;

/** Whether hours are counted for all that the filter asks. */
export const isHourly = ({ language, channelId, purpose, nodeId, versionId }: DashboardFilter): boolean =>
  !language && !channelId && !purpose && !nodeId && !versionId;

const hourly = ({ flowId, template, country }: DashboardFilter): SQL =>
  sql.join([
    flowId ? sql` and flow_id = ${flowId}` : sql``,
    template ? sql` and template = ${template}` : sql``,
    country ? sql` and country = ${country}` : sql``,
  ]);

const finer = ({ language, channelId, purpose, nodeId, versionId }: DashboardFilter): SQL =>
  sql.join([
    language ? sql` and language = ${language}` : sql``,
    channelId ? sql` and channel_id = ${channelId}` : sql``,
    purpose ? sql` and purpose = ${purpose}` : sql``,
    nodeId ? sql` and node_id = ${nodeId}` : sql``,
    versionId ? sql` and version_id = ${versionId}` : sql``,
  ]);

/** Conditions on what a message is counted by (`message_counts`). */
export const countedRows = (filter: DashboardFilter): SQL => sql`true ${hourly(filter)} ${finer(filter)}`;
