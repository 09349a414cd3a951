import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { flow, flowVersion } from "#db/schema/index.ts";
import type { TemplateCategory, TemplateStatus } from "#flow/template.ts";
import type { AuditActor } from "#server/audit/record-audit.ts";
import type { NotificationKind } from "#server/notifications/kinds.ts";
import { notify } from "#server/notifications/notify.ts";

/** What WhatsApp has changed about a template, or about one language of it. */
export type TemplateNews = { templateId: string; name: string } & (
  | { language: string; status: TemplateStatus; reason: string | null }
  | { from: TemplateCategory; to: TemplateCategory }
  | { language: string; before: string | null; quality: string | null }
);

const stoppedKinds = {
  rejected: "template-rejected",
  paused: "template-paused",
  disabled: "template-disabled",
} as const satisfies Partial<Record<TemplateStatus, NotificationKind>>;

/** From bad to good; what is not told yet counts as good. */
const qualities = ["red", "yellow", "green"];
const rankOf = (quality: string | null): number => (quality === "unknown" ? 2 : qualities.indexOf(quality ?? "green"));

/**
 * Tells whoever wrote a template, or a running flow that sends it, what WhatsApp has done to it, in the transaction that takes it in.
 * A quality that rises and a text that is only on its way are no news.
 */
export async function tellAuthors(tx: Queryable, by: AuditActor, news: readonly TemplateNews[]): Promise<void> {
  const workspaceId = "session" in by ? by.session.workspaceId : by.workspaceId;
  for (const one of news) {
    const { templateId, name } = one;
    const authorsOf = [templateId, ...(await flowsThatSend(tx, workspaceId, name))];
    const about = { to: [{ authorsOf }], subjectId: templateId };
    if ("status" in one) {
      const { language, reason } = one;
      if (one.status === "approved")
        await notify(tx, by, { ...about, kind: "template-approved", values: { name, language } });
      else if (isStopped(one.status))
        await notify(tx, by, { ...about, kind: stoppedKinds[one.status], values: { name, language, reason } });
    } else if ("to" in one) {
      const { from, to } = one;
      await notify(tx, by, { ...about, kind: "template-category-changed", values: { name, from, to } });
    } else if (one.quality !== null && rankOf(one.quality) < rankOf(one.before)) {
      const { language, quality } = one;
      await notify(tx, by, { ...about, kind: "template-quality-dropped", values: { name, language, quality } });
    }
  }
}

const isStopped = (status: TemplateStatus): status is keyof typeof stoppedKinds => Object.hasOwn(stoppedKinds, status);

/** Flows that are not archived and whose running version has a step that sends it. */
async function flowsThatSend(tx: Queryable, workspaceId: string, template: string): Promise<string[]> {
  const step = JSON.stringify({ nodes: [{ data: { template } }] });
  const rows = await tx
    .select({ id: flow.id })
    .from(flow)
    .innerJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(
      and(
        eq(flow.workspaceId, workspaceId),
        sql`${flow.status} <> 'archived'`,
        sql`${flowVersion.graph} @> ${step}::jsonb`,
      ),
    );
  return rows.map(({ id }) => id);
}
