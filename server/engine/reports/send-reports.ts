import { and, eq, lt, sql } from "drizzle-orm";
import type pg from "pg";
import { type Database, databaseOn } from "#db/client.ts";
import { dashboardReport, member, user, workspace } from "#db/schema/index.ts";
import { addDays, localClock } from "#flow/local-time.ts";
import { type MetricId, metrics } from "#flow/metric.ts";
import { Language } from "#server/auth/languages.ts";
import type { Period } from "#server/dashboard/dashboard-filter.ts";
import { readCourse } from "#server/dashboard/read-course.ts";
import { maySee } from "#server/dashboard/set-report.ts";
import { queueMail } from "#server/notifications/mail/queue-mail.ts";

/** Yesterday is told of when a working day begins. */
const hour = "07:00";
const told = ["delivered", "read", "click", "conversion", "opt-out"] as const satisfies MetricId[];

/**
 * Writes the e-mails of reports that are due: each day about the day before, each Monday about the seven days before. In one transaction
 * with the day that has been told of, so each is written once. Answers how many.
 */
export async function sendReports(pool: pg.Pool, now: Date): Promise<number> {
  const db = databaseOn(pool);
  const banks = await db
    .selectDistinct({ id: workspace.id, timezone: workspace.timezone })
    .from(dashboardReport)
    .innerJoin(workspace, eq(workspace.id, dashboardReport.workspaceId));
  let written = 0;
  for (const { id, timezone } of banks) {
    const clock = localClock(now.getTime(), timezone);
    if (clock.time < hour) continue;
    for (const rhythm of ["daily", "weekly"] as const) {
      if (rhythm === "weekly" && !isMonday(clock.day)) continue;
      const until = addDays(clock.day, -1);
      const period = { from: rhythm === "weekly" ? addDays(until, -6) : until, until };
      written += await writeReports(db, { workspaceId: id, rhythm, period, now });
    }
  }
  return written;
}

const isMonday = (day: string): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1;

type Due = { workspaceId: string; rhythm: "daily" | "weekly"; period: Period; now: Date };

async function writeReports(db: Database, { workspaceId, rhythm, period, now }: Due): Promise<number> {
  const isDue = and(
    eq(dashboardReport.workspaceId, workspaceId),
    eq(dashboardReport.rhythm, rhythm),
    lt(dashboardReport.toldUntil, period.until),
  );
  const [due] = await db.select({ one: sql`1` }).from(dashboardReport).where(isDue).limit(1);
  if (!due) return 0;
  const course = await readCourse({ db, session: { workspaceId } }, period);
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(dashboardReport)
      .set({ toldUntil: period.until, updatedAt: now })
      .from(user)
      .innerJoin(member, and(eq(member.userId, user.id), eq(member.workspaceId, workspaceId)))
      .where(and(isDue, eq(user.id, dashboardReport.userId)))
      .returning({ userId: user.id, address: user.email, language: user.language, role: member.role });
    const readers = rows.filter(({ role }) => maySee(role));
    for (const { userId, address, language } of readers) {
      const spoken = Language.catch("en").parse(language);
      await queueMail(tx, {
        workspaceId,
        letter: "report",
        to: { address, language: spoken, userId },
        actorId: null,
        values: { rhythm, ...wordsOf(course, period, spoken) },
        path: `/dashboard?from=${period.from}&until=${period.until}`,
      });
    }
    return readers.length;
  });
}

/** Numbers as the reader's language writes them; what nobody can know yet is a dash. */
function wordsOf(
  { metrics: judged, sums, sentBefore }: Awaited<ReturnType<typeof readCourse>>,
  period: Period,
  language: Language,
) {
  const count = new Intl.NumberFormat(language);
  const share = (id: (typeof told)[number]) => {
    const { value } = judged[id];
    const digits = metrics[id].better === "lower" ? 2 : 1;
    return value === null
      ? "–"
      : new Intl.NumberFormat(language, {
          style: "percent",
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        }).format(value);
  };
  const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" });
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  return {
    days: days.formatRange(at(period.from), at(period.until)),
    sent: count.format(sums.sent),
    before: count.format(sentBefore),
    delivered: share("delivered"),
    read: share("read"),
    click: share("click"),
    conversion: share("conversion"),
    optOut: share("opt-out"),
  };
}
