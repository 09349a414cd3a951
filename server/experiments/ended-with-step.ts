import { sql } from "drizzle-orm";

/**
 * Whether a version without its step ended the experiment, and not a person who stopped it: then it goes on as soon as a version with the
 * step goes live again. A column beside those of `experiment`.
 */
export const endedWithStep = sql<boolean>`coalesce((
  select ending.detail ? 'version' from experiment_log ending
  where ending.experiment_id = experiment.id and ending.kind in ('stopped', 'decided')
  order by ending.at desc, ending.id desc limit 1), false)`;
