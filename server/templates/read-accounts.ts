import { eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { channel } from "#db/schema/index.ts";
import { isOpen, type TemplateStatus } from "#flow/template.ts";
import { sendingOrder } from "#server/channels/sending-number.ts";
import { readStandings, standingAt } from "./account-standing.ts";
import type { LanguageRow } from "./find-template.ts";

/** A WhatsApp account of the workspace and how the languages of a template stand there. */
export type TemplateAccount = {
  accountId: string;
  /** One of its numbers: what names the account when something is submitted. */
  channelId: string;
  numbers: string[];
  /** Messages leave by one of its numbers. */
  isSending: boolean;
  languages: {
    language: string;
    status: TemplateStatus;
    statusReason: string | null;
    quality: LanguageRow["quality"];
    /** The account holds no text of it that counts: it can be submitted there. */
    isOpen: boolean;
  }[];
};

/** All accounts of the workspace, the one that sends first, with how these languages of a template stand there. */
export type ReadAccounts = (languages: readonly LanguageRow[]) => TemplateAccount[];

/** Reads once what the accounts of a workspace say; what it answers tells it of any template. */
export async function readAccounts(db: Queryable, workspaceId: string): Promise<ReadAccounts> {
  const channels = await db
    .select({ id: channel.id, name: channel.name, accountId: channel.accountId })
    .from(channel)
    .where(eq(channel.workspaceId, workspaceId))
    .orderBy(sql.raw(sendingOrder()));
  const standings = await readStandings(db, workspaceId);
  const accounts = [...Map.groupBy(channels, (row) => row.accountId)];
  return (languages) =>
    accounts.map(([accountId, rows], index) => ({
      accountId,
      channelId: rows[0]?.id ?? "",
      numbers: rows.map((row) => row.name),
      isSending: index === 0,
      languages: languages.map((row) => {
        const here = standingAt(standings, row, accountId);
        // What an account does not hold stands where our own review has it.
        const { status, statusReason, quality } = isOpen(here.status) && isOurs(row.status) ? row : here;
        return { language: row.language, status, statusReason, quality, isOpen: isOpen(here.status) };
      }),
    }));
}

const isOurs = (status: TemplateStatus): boolean =>
  status === "in-review" || status === "changes-requested" || status === "declined";

/** Accounts that do not all say the same of every language; none where they agree or where there is one. */
export function accountsApart(accounts: TemplateAccount[]): TemplateAccount[] {
  const said = accounts.map(({ languages }) => languages.map(({ status }) => status).join());
  return new Set(said).size > 1 ? accounts : [];
}
