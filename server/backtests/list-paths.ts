import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { backtest, backtestPath, contact } from "#db/schema/index.ts";
import { isAllowed } from "#server/auth/permissions.ts";
import { DomainError } from "../errors.ts";
import { maskPhone } from "../mask-phone.ts";
import { PageInput } from "../page.ts";
import type { Actor } from "../trpc.ts";

export const ListPaths = z.strictObject({
  backtestId: z.uuid(),
  /** Only those who came to this step. */
  nodeId: z.string().max(64).nullable().default(null),
  direction: PageInput.direction,
  /** The place behind which to go on. */
  cursor: z.int().min(0).nullish(),
});

const pageRows = 50;

/** People of a backtest with their ways, in the order in which they entered. Who may not see people gets the ways without names. */
export async function listPaths(actor: Actor, { backtestId, nodeId, cursor }: z.infer<typeof ListPaths>) {
  const { db, session } = actor;
  const [found] = await db
    .select({ id: backtest.id })
    .from(backtest)
    .where(and(eq(backtest.id, backtestId), eq(backtest.workspaceId, session.workspaceId)));
  if (!found) throw new DomainError("not-found", "This backtest does not exist.");
  const rows = await db
    .select({
      ordinal: backtestPath.ordinal,
      contactId: backtestPath.contactId,
      enteredAt: backtestPath.enteredAt,
      endReason: backtestPath.endReason,
      nodeId: backtestPath.nodeId,
      sent: backtestPath.sent,
      notSent: backtestPath.notSent,
      reallySent: backtestPath.reallySent,
      path: backtestPath.path,
      firstName: contact.firstName,
      lastName: contact.lastName,
      phone: contact.phone,
    })
    .from(backtestPath)
    .leftJoin(contact, eq(contact.id, backtestPath.contactId))
    .where(
      and(
        eq(backtestPath.backtestId, backtestId),
        gt(backtestPath.ordinal, cursor ?? -1),
        nodeId === null ? undefined : sql`${backtestPath.path} @> ${JSON.stringify([{ nodeId }])}::jsonb`,
      ),
    )
    .orderBy(asc(backtestPath.ordinal))
    .limit(pageRows);
  const seesPeople = isAllowed(session.role, "see-contacts");
  return {
    people: rows.map(({ contactId, firstName, lastName, phone, ...row }) => ({
      ...row,
      contactId: seesPeople ? contactId : null,
      name: seesPeople ? [firstName, lastName].filter(Boolean).join(" ") || null : null,
      masked: seesPeople ? maskPhone(phone) : null,
    })),
    next: rows.length === pageRows ? (rows.at(-1)?.ordinal ?? null) : null,
  };
}

export type ListedPath = Awaited<ReturnType<typeof listPaths>>["people"][number];
