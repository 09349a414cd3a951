import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { customMetric } from "#db/schema/index.ts";
import { Rule, type RuleTest } from "#flow/rule.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { newId } from "#server/id.ts";
import type { Actor } from "#server/trpc.ts";
import { customPrefix } from "./read-metrics.ts";

export const MakeMetric = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    event: z.string().trim().min(1).max(200),
    /** Reads the event alone: it holds of the fact, whoever the person is by now. */
    rule: Rule.refine(readsEventOnly, "A metric's rule reads the event: event.amount"),
    measure: z.enum(["happened", "count", "sum"]),
    path: z
      .string()
      .regex(/^event(\.[^.\s]+)+$/, "A path reads like event.amount")
      .max(200)
      .nullable(),
    isLowerBetter: z.boolean(),
    windowHours: z.number().int().min(1).max(2160),
  })
  .refine(({ measure, path }) => measure !== "sum" || path !== null, {
    error: "Say which value of the event is added up",
    path: ["path"],
  });

/** A number of the workspace's own, by which experiments can be measured from now on. It never changes: another one is a new metric. */
export async function makeMetric(actor: Actor, metric: z.infer<typeof MakeMetric>): Promise<{ metric: string }> {
  const { workspaceId, userId } = actor.session;
  const id = newId();
  await actor.db.transaction(async (tx) => {
    const [known] = await tx
      .select({ id: customMetric.id })
      .from(customMetric)
      .where(
        and(
          eq(customMetric.workspaceId, workspaceId),
          eq(customMetric.name, metric.name),
          isNull(customMetric.archivedAt),
        ),
      );
    if (known)
      throw new DomainError("refused", `There is a metric called ${metric.name} already. Choose another name.`);
    const at = actor.clock.now();
    await tx.insert(customMetric).values({ ...metric, id, workspaceId, createdBy: userId, createdAt: at });
    await recordAudit(tx, actor, { action: "make-metric", subject: "metric", subjectId: id, detail: metric });
  });
  return { metric: `${customPrefix}${id}` };
}

export const ArchiveMetric = z.strictObject({ metricId: z.uuid() });

/** Takes a metric off the list. Experiments that are measured by it go on. */
export async function archiveMetric(actor: Actor, { metricId }: z.infer<typeof ArchiveMetric>): Promise<void> {
  const { workspaceId } = actor.session;
  await actor.db.transaction(async (tx) => {
    const [row] = await tx
      .update(customMetric)
      .set({ archivedAt: actor.clock.now() })
      .where(and(eq(customMetric.id, metricId), eq(customMetric.workspaceId, workspaceId)))
      .returning({ name: customMetric.name });
    if (!row) throw new DomainError("not-found", "This metric does not exist in your workspace.");
    const detail = { name: row.name };
    await recordAudit(tx, actor, { action: "archive-metric", subject: "metric", subjectId: metricId, detail });
  });
}

function readsEventOnly(rule: Rule): boolean {
  const isOfEvent = ({ path }: RuleTest) => path.startsWith("event.");
  if ("path" in rule) return isOfEvent(rule);
  return ("all" in rule ? rule.all : "any" in rule ? rule.any : rule.none).every(readsEventOnly);
}
