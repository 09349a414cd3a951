import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { dashboardReport, member, reportRhythms, user, workspace } from "#db/schema/index.ts";
import { addDays, localClock } from "#flow/local-time.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { isAllowed, roles } from "#server/auth/permissions.ts";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";

export const SetReport = z.strictObject({ userId: z.uuid(), rhythm: z.enum([...reportRhythms, "off"]) });

/** Everybody who may see the dashboard, with how often they get it by e-mail. */
export async function listReports({ db, session }: Actor) {
  const rows = await db
    .select({ userId: user.id, name: user.name, role: member.role, rhythm: dashboardReport.rhythm })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .leftJoin(
      dashboardReport,
      and(eq(dashboardReport.userId, member.userId), eq(dashboardReport.workspaceId, member.workspaceId)),
    )
    .where(eq(member.workspaceId, session.workspaceId))
    .orderBy(asc(user.name), asc(user.id));
  return rows
    .filter(({ role }) => maySee(role))
    .map(({ userId, name, rhythm }) => ({ userId, name, rhythm: rhythm ?? ("off" as const) }));
}

/** Whether this role may see what the report says. */
export function maySee(role: string): boolean {
  const known = roles.find((each) => each === role);
  return known !== undefined && isAllowed(known, "see-dashboard");
}

/** Sets how often a person of the workspace gets the numbers. The first report tells of the days from now on. */
export async function setReport(actor: Actor, { userId, rhythm }: z.output<typeof SetReport>): Promise<void> {
  const { db, session, clock } = actor;
  const { workspaceId } = session;
  await db.transaction(async (tx) => {
    const [person] = await tx
      .select({ role: member.role, timezone: workspace.timezone })
      .from(member)
      .innerJoin(workspace, eq(workspace.id, member.workspaceId))
      .where(and(eq(member.workspaceId, workspaceId), eq(member.userId, userId)));
    if (!person) throw new DomainError("not-found", "There is no such person in this workspace.");
    if (rhythm !== "off" && !maySee(person.role))
      throw new DomainError("refused", "Their role does not see the dashboard. Give them another role first.");
    const own = and(eq(dashboardReport.workspaceId, workspaceId), eq(dashboardReport.userId, userId));
    const [before] = await tx.select({ rhythm: dashboardReport.rhythm }).from(dashboardReport).where(own);
    if ((before?.rhythm ?? "off") === rhythm) return;
    const toldUntil = addDays(localClock(clock.now().getTime(), person.timezone).day, -1);
    if (rhythm === "off") await tx.delete(dashboardReport).where(own);
    else
      await tx
        .insert(dashboardReport)
        .values({ workspaceId, userId, rhythm, toldUntil })
        .onConflictDoUpdate({
          target: [dashboardReport.workspaceId, dashboardReport.userId],
          set: { rhythm, updatedAt: clock.now() },
        });
    await recordAudit(tx, actor, {
      action: "set-report",
      subject: "user",
      subjectId: userId,
      detail: { before: before?.rhythm ?? "off", after: rhythm },
    });
  });
}
