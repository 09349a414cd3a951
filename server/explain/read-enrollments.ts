import { and, asc, desc, eq, gte, inArray } from "drizzle-orm";
import { enrollment, flow, trace } from "#db/schema/index.ts";
import type { Actor } from "../trpc.ts";
import type { EnrollmentExplanation } from "./explanation.ts";
import type { TraceLine } from "./walk-path.ts";

/** How far back re-entry is judged. */
const enrollmentLimit = 1_000;
/** How many rows of path one answer holds. */
export const traceLimit = 4_000;

export type PastEnrollment = Awaited<ReturnType<typeof readPast>>[number];

/** Every way of the person through any flow, newest first and without what it remembers: what re-entry is judged by, and what wrote on the profile. */
export const readPast = ({ db }: Actor, contactId: string) =>
  db
    .select({
      id: enrollment.id,
      flowId: enrollment.flowId,
      versionId: enrollment.versionId,
      key: enrollment.key,
      eventId: enrollment.eventId,
      enteredAt: enrollment.enteredAt,
      endedAt: enrollment.endedAt,
    })
    .from(enrollment)
    .where(eq(enrollment.contactId, contactId))
    .orderBy(desc(enrollment.enteredAt))
    .limit(enrollmentLimit);

export type WholeEnrollment = Awaited<ReturnType<typeof readWhole>>[number];

/** Some of them whole. */
export const readWhole = async ({ db }: Actor, ids: string[]) =>
  ids.length === 0 ? [] : db.select().from(enrollment).where(inArray(enrollment.id, ids));

type Runner = NonNullable<EnrollmentExplanation["runBy"]>;

/** The enrollments of which a step ran one of these, by their id. */
export async function readRunners(
  { db }: Actor,
  enrollments: readonly Pick<WholeEnrollment, "state">[],
): Promise<Map<string, Runner>> {
  const ids = enrollments.flatMap(({ state }) => state.startedBy?.enrollmentId ?? []);
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ enrollmentId: enrollment.id, flowId: flow.id, flowName: flow.name })
    .from(enrollment)
    .innerJoin(flow, eq(flow.id, enrollment.flowId))
    .where(inArray(enrollment.id, ids));
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

/** Their paths in order, by enrollment. */
export async function readTraces(
  { db }: Actor,
  enrollments: readonly PastEnrollment[],
): Promise<Map<string, TraceLine[]>> {
  const since = oldestEntry(enrollments);
  if (!since) return new Map();
  const rows = await db
    .select({
      enrollmentId: trace.enrollmentId,
      versionId: trace.versionId,
      visit: trace.visit,
      nodeId: trace.nodeId,
      kind: trace.kind,
      handle: trace.handle,
      at: trace.at,
      detail: trace.detail,
    })
    .from(trace)
    .where(and(isOf(enrollments), gte(trace.at, since)))
    .orderBy(asc(trace.enrollmentId), asc(trace.ordinal))
    .limit(traceLimit);
  return Map.groupBy(rows, (row) => row.enrollmentId);
}

/** The days before nobody had entered need not be looked into: paths are kept by the day. */
export const oldestEntry = (enrollments: readonly PastEnrollment[]): Date | null =>
  enrollments.reduce<Date | null>(
    (oldest, { enteredAt }) => (oldest === null || enteredAt < oldest ? enteredAt : oldest),
    null,
  );

const isOf = (enrollments: readonly PastEnrollment[]) =>
  inArray(
    trace.enrollmentId,
    enrollments.map((row) => row.id),
  );
