import { eq, sql } from "drizzle-orm";
import { channel } from "#db/schema/index.ts";
import type { TemplateStatus } from "#flow/template.ts";
import { sendingOrder } from "#server/channels/sending-number.ts";
import type { Actor } from "#server/trpc.ts";
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
  languages: { language: string; status: TemplateStatus; statusReason: string | null }[];
};

/** All accounts of the workspace, the one that sends first. */
export async function readAccounts(
  { db, session }: Actor,
  languages: readonly LanguageRow[],
): Promise<TemplateAccount[]> {
  const channels = await db
    .select({ id: channel.id, name: channel.name, accountId: channel.accountId })
    .from(channel)
    .where(eq(channel.workspaceId, session.workspaceId))
    .orderBy(sql.raw(sendingOrder()));
  const standings = await readStandings(db, session.workspaceId);
  return [...Map.groupBy(channels, (row) => row.accountId)].map(([accountId, rows], index) => ({
    accountId,
    channelId: rows[0]?.id ?? "",
    numbers: rows.map((row) => row.name),
    isSending: index === 0,
    languages: languages.map((row) => {
      const { status, statusReason } = standingAt(standings, row, accountId);
      return { language: row.language, status, statusReason };
    }),
  }));
}
