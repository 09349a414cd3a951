import { type SQL, sql } from "drizzle-orm";

/** Whose people are measured: those of one experiment who were assigned at `until` or before. */
export type Cohort = {
  experimentId: string;
  flowId: string;
  workspaceId: string;
  /** The first moment anybody was assigned at: nothing before it is looked at. */
  since: Date;
  until: Date;
  /** Of one arm only; absent: of all. */
  arm?: string;
  /** IANA zone of the workspace, whose days are counted by. */
  timezone: string;
};

/** The cohort as a part of a statement, `cohort(contact_id, arm, at)`. */
export const cohortSql = ({ experimentId, until, arm }: Cohort): SQL => sql`
  cohort as materialized (
    select contact_id, arm, at from assignment where experiment_id = ${experimentId} and at <= ${until.toISOString()}::timestamptz
      ${arm === undefined ? sql`` : sql`and arm = ${arm}`}
  )`;

/** What people did in so many days before they were assigned says how they would have done anyway. */
export const daysBefore = 14;

/** After the assignment: so many hours of it. "before": the days before it. */
export type Span = number | "before";

/** Whether a moment lies in the span, by the person's own assignment. */
export const liesIn = (moment: SQL, span: Span): SQL =>
  span === "before"
    ? sql`${moment} < c.at and ${moment} >= c.at - ${`${daysBefore} days`}::interval`
    : within(moment, span);

/** Whether a moment lies within so many hours after the assignment. A late message of it counts all the same. */
export const within = (moment: SQL, windowHours: number): SQL =>
  sql`${moment} >= c.at and ${moment} < c.at + ${`${windowHours} hours`}::interval`;
