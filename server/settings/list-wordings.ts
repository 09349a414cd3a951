import { sql } from "drizzle-orm";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import type { Actor } from "../trpc.ts";
import { wordingKeySql } from "../wording-key.ts";

/** Words to which people have agreed: for what, from when until when, and how often. */
export type Wording = {
  key: string;
  wording: string;
  purposes: ConsentPurpose[];
  first: Date;
  last: Date;
  consents: number;
};

/** A bank changes its words a few times a year; the newest are shown. */
const mostWordings = 50;

type Row = Omit<Wording, "first" | "last"> & { first: string; last: string };

/**
 * The wordings of the workspace's forms, pages, systems and files, the last used first. Reads the whole ledger, so it is asked for and
 * not shown at once: a second or so for a million consents. What the team wrote down of somebody is about them alone, and left out.
 */
export async function listWordings({ db, session }: Actor): Promise<Wording[]> {
  const { rows } = await db.execute<Row>(sql`
    select ${sql.raw(wordingKeySql("wording"))} as key, wording, array_agg(purpose order by purpose) as purposes,
           min(first) as first, max(last) as last, sum(times)::integer as consents
    from (
      select wording, purpose, min(at) as first, max(at) as last, count(*) as times from consent
      where workspace_id = ${session.workspaceId} and state = 'granted' and source <> 'person' and wording <> ''
      group by wording, purpose
    ) by_class
    group by wording order by max(last) desc limit ${mostWordings}`);
  return rows.map((row) => ({ ...row, first: new Date(row.first), last: new Date(row.last) }));
}
