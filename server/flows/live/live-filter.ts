import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

/** Which people of a flow are looked at: of all versions and languages, where nothing is named. */
export const LiveFilter = z.strictObject({
  flowId: z.uuid(),
  versionId: z.uuid().nullable().default(null),
  /** Of the person as they entered; "" for those of whom none was known. */
  language: z.string().max(12).nullable().default(null),
});
export type LiveFilter = z.infer<typeof LiveFilter>;

/** The same of rows of `enrollment e`, or of the counts under another alias. */
export const ofFilter = (alias: SQL, { flowId, versionId, language }: LiveFilter): SQL => sql`
  ${alias}.flow_id = ${flowId}
  ${versionId === null ? sql`` : sql`and ${alias}.version_id = ${versionId}`}
  ${language === null ? sql`` : sql`and ${alias}.language = ${language}`}`;
