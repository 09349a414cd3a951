import { type SQL, sql } from "drizzle-orm";

/** Whose people are measured: those of one experiment who were assigned at `until` or before. */
export type Cohort = {
  experimentId: string;
  flowId: string;
  workspaceId: string;
  /** The first moment anybody was assigned at: nothing before it is looked at. */
  since: Date;
  until: Date;
  /** IANA zone of the workspace, whose days are counted by. */
  timezone: string;
};

/** The cohort as a part of a statement, `cohort(contact_id, arm, at)`. */
export const cohortSql = ({ experimentId, until }: Cohort): SQL => sql`
  cohort as materialized (
    select contact_id, arm, at from assignment where experiment_id = ${experimentId} and at <= ${until.toISOString()}::timestamptz
  )`;

/** Whether a moment lies within so many hours after the assignment. A late message of it counts all the same. */
export const within = (moment: SQL, windowHours: number): SQL =>
  sql`${moment} >= c.at and ${moment} < c.at + ${`${windowHours} hours`}::interval`;
