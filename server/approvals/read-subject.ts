import { and, count, desc, eq } from "drizzle-orm";
import type { Queryable, Transaction } from "#db/client.ts";
import type { Snapshot } from "#db/schema/approval.ts";
import { approval, flowVersion } from "#db/schema/index.ts";
import { isOpen } from "#flow/template.ts";
import { canonicalHash } from "#server/canonical-json.ts";
import { DomainError } from "#server/errors.ts";
import { type FlowRow, lockFlow } from "#server/flows/find-flow.ts";
import { findTemplate, type LanguageRow, type TemplateRow } from "#server/templates/find-template.ts";
import { hashOfTemplate, templateSnapshot } from "#server/templates/template-snapshot.ts";

export type SubjectName = { subject: "flow" | "template"; subjectId: string };
export type StoredTemplate = { template: TemplateRow; languages: LanguageRow[] };

/** The thing a request is about as it stands now, locked, with the hash of what would go live. */
export type Subject =
  | { subject: "flow"; stored: FlowRow; hash: string }
  | { subject: "template"; stored: StoredTemplate; hash: string };

/** Locks the flow or template, so that neither its draft nor its request changes until the transaction ends; null when it is gone. */
export async function lockSubject(
  tx: Transaction,
  workspaceId: string,
  { subject, subjectId }: SubjectName,
): Promise<Subject | null> {
  try {
    if (subject === "flow") {
      const stored = await lockFlow(tx, workspaceId, subjectId);
      return { subject, stored, hash: canonicalHash(stored.draft) };
    }
    const stored = await findTemplate(tx, { workspaceId, templateId: subjectId, lock: true });
    return { subject, stored, hash: hashOfTemplate(stored) };
  } catch (error) {
    if (error instanceof DomainError && error.code === "not-found") return null;
    throw error;
  }
}

/** What goes live, what it replaces, and the numbers of both. */
export type Frozen = { snapshot: Snapshot; before: Snapshot | null; beforeVersion: number | null; version: number };

/** The draft of a flow beside its running version. */
export async function freezeFlow(tx: Queryable, { id, name, draft, versionId }: FlowRow): Promise<Frozen> {
  const versions = await tx
    .select({ id: flowVersion.id, number: flowVersion.number })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, id))
    .orderBy(desc(flowVersion.number));
  const running = versions.find((version) => version.id === versionId);
  const [graph] = running
    ? await tx.select({ graph: flowVersion.graph }).from(flowVersion).where(eq(flowVersion.id, running.id))
    : [];
  return {
    snapshot: { kind: "flow", name, graph: draft },
    before: graph ? { kind: "flow", name, graph: graph.graph } : null,
    beforeVersion: running?.number ?? null,
    version: (versions[0]?.number ?? 0) + 1,
  };
}

/** The text of a template beside what the provider holds of it, else beside what was approved last. A template counts its approvals. */
export async function freezeTemplate(tx: Queryable, stored: StoredTemplate): Promise<Frozen> {
  const approved = and(eq(approval.subjectId, stored.template.id), eq(approval.state, "approved"));
  const [tally] = await tx.select({ times: count() }).from(approval).where(approved);
  const [last] = await tx
    .select({ snapshot: approval.snapshot })
    .from(approval)
    .where(approved)
    .orderBy(desc(approval.askedAt), desc(approval.id))
    .limit(1);
  const held = templateSnapshot(stored, ({ status }) => !isOpen(status));
  const before = held.languages.length > 0 ? held : (last?.snapshot ?? null);
  const beforeVersion = before ? Math.max(tally?.times ?? 0, 1) : null;
  return { snapshot: templateSnapshot(stored), before, beforeVersion, version: (beforeVersion ?? 0) + 1 };
}
