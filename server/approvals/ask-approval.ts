import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Queryable, Transaction } from "#db/client.ts";
import { approval, flow } from "#db/schema/index.ts";
import { MovePlan } from "#flow/move-plan.ts";
import { isOpen } from "#flow/template.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { DomainError } from "#server/errors.ts";
import { findFlow, lockFlow } from "#server/flows/find-flow.ts";
import { assertPlan } from "#server/flows/move-people.ts";
import { assertCurrent } from "#server/flows/publish-flow.ts";
import { assertRunnable, newestVersion } from "#server/flows/publish-version.ts";
import { assertMoment } from "#server/flows/schedule-publish.ts";
import { newId } from "#server/id.ts";
import { notify } from "#server/notifications/notify.ts";
import { findTemplate } from "#server/templates/find-template.ts";
import { contentOf } from "#server/templates/get-template.ts";
import { finishedContents } from "#server/templates/submit-template.ts";
import { hashOfTemplate, setReviewStatus } from "#server/templates/template-snapshot.ts";
import type { Actor } from "#server/trpc.ts";
import { type ApprovalRules, type Change, neededFor, readApprovalRules } from "./approval-rules.ts";
import { countWithin } from "./count-within.ts";
import { withdrawOpen } from "./find-approval.ts";
import { readAuthors } from "./read-authors.ts";
import { type ChangeKind, changeOfFlow, changeOfTemplate } from "./read-change.ts";
import { type Audience, flowAudience, readPeople, templateAudience } from "./read-people.ts";
import { type Frozen, freezeFlow, freezeTemplate, type SubjectName } from "./read-subject.ts";

/** One sentence: the first thing the others read. */
const Why = z.string().trim().min(1).max(500);

export const AskForFlow = z.strictObject({
  flowId: z.uuid(),
  revision: z.number().int().min(1),
  why: Why,
  /** What becomes of the people inside when it goes live; null: they finish on their version. Part of what is approved. */
  plan: MovePlan.nullable().default(null),
  /** When it is to go live; null: with the last approval. */
  at: z.date().nullable().default(null),
});

/**
 * Asks that exactly this draft may go live. Takes the place of an open request about the same flow. Refused when it could not run
 * or nothing differs from the running version; a conflict when the draft is not the one that was looked at.
 */
export async function askForFlow(
  actor: Actor,
  { flowId, revision, why, plan = null, at = null }: z.input<typeof AskForFlow>,
) {
  if (at) assertMoment(at, actor.clock.now());
  const seen = await findFlow(actor.db, actor.session.workspaceId, flowId);
  assertCurrent(seen, revision);
  // Before anything is locked: a count takes seconds. The revision says below that it was about the same draft.
  const standard = await readStandard(actor, async () => flowAudience(seen.draft));
  return actor.db.transaction(async (tx) => {
    const stored = await lockFlow(tx, actor.session.workspaceId, flowId);
    assertCurrent(stored, revision);
    await assertRunnable(tx, stored);
    if (plan) await assertPlan(tx, flowId, MovePlan.parse(plan), stored.draft);
    const { hash, isLive } = await newestVersion(tx, stored);
    if (isLive)
      throw new DomainError(
        "refused",
        `The draft of ${stored.name} is equal to the running version: there is nothing to approve.`,
      );
    if (stored.status === "draft") await tx.update(flow).set({ status: "in-review" }).where(eq(flow.id, flowId));
    return insertRequest(tx, actor, {
      subject: "flow",
      subjectId: flowId,
      why,
      hash,
      going: { plan: plan && MovePlan.parse(plan), publishAt: at },
      frozen: await freezeFlow(tx, stored),
      change: await changeOfFlow(tx, stored),
      standard,
    });
  });
}

export const AskForTemplate = z.strictObject({
  templateId: z.uuid(),
  /** `updatedAt` of the text that was looked at. */
  seenAt: z.date(),
  why: Why,
});

/** The same for the text of a template, all languages together. Refused when WhatsApp would refuse it, or has all of it already. */
export async function askForTemplate(actor: Actor, { templateId, seenAt, why }: z.infer<typeof AskForTemplate>) {
  const { workspaceId } = actor.session;
  const seen = await findTemplate(actor.db, { workspaceId, templateId });
  assertSeen(seen.template, seenAt);
  const standard = await readStandard(actor, (db) => templateAudience(db, workspaceId, seen.template.name));
  return actor.db.transaction(async (tx) => {
    const stored = await findTemplate(tx, { workspaceId, templateId, lock: true });
    assertSeen(stored.template, seenAt);
    if (!stored.languages.some((row) => isOpen(row.status)))
      throw new DomainError("refused", "Every language is with WhatsApp already. There is nothing to approve.");
    finishedContents(stored.template, stored.languages.map(contentOf));
    const frozen = await freezeTemplate(tx, stored);
    await setReviewStatus(tx, { templateId, to: "in-review" });
    return insertRequest(tx, actor, {
      subject: "template",
      subjectId: templateId,
      why,
      hash: hashOfTemplate(stored),
      frozen,
      change: await changeOfTemplate(tx, stored.template),
      standard,
    });
  });
}

function assertSeen({ updatedAt }: { updatedAt: Date }, seenAt: Date): void {
  if (updatedAt.getTime() === seenAt.getTime()) return;
  throw new DomainError("conflict", "The template has changed since you looked at it. Load it again, then ask.");
}

/** The workspace's rules, and how many people the change reaches where they ask for it: counting a month of events takes a while. */
type Standard = { rules: ApprovalRules; people: Change["people"] };

async function readStandard(actor: Actor, readAudience: (db: Queryable) => Promise<Audience>): Promise<Standard> {
  const rules = await readApprovalRules(actor.db, actor.session.workspaceId);
  if (!rules.byReach) return { rules, people: null };
  const people = await countWithin(actor.db, (step) =>
    step(async (tx) => readPeople(tx, actor, await readAudience(tx))),
  );
  return { rules, people: people ?? "uncounted" };
}

type Request = SubjectName & {
  why: string;
  hash: string;
  /** Flows only. */
  going?: { plan: MovePlan | null; publishAt: Date | null };
  frozen: Frozen;
  change: ChangeKind;
  standard: Standard;
};

async function insertRequest(
  tx: Transaction,
  actor: Actor,
  { subject, subjectId, why, hash, going, frozen, change, standard }: Request,
): Promise<{ approvalId: string }> {
  const { workspaceId, userId } = actor.session;
  const { rules, people } = standard;
  const needed = neededFor(rules, { ...change, people });
  const replaces = await withdrawOpen(tx, { subjectId, at: actor.clock.now() });
  const authors = new Set([userId, ...(await readAuthors(tx, { workspaceId, subjectId }))]);
  const approvalId = newId();
  await tx.insert(approval).values({
    ...frozen,
    ...going,
    ...{ id: approvalId, workspaceId, subject, subjectId, hash, why, needed },
    askedBy: userId,
    authors: [...authors],
    askedAt: actor.clock.now(),
  });
  await recordAudit(tx, actor, {
    action: "ask-approval",
    subject,
    subjectId,
    detail: { approvalId, version: frozen.version, hash, needed, people, replaces, ...going },
  });
  await notify(tx, actor, {
    kind: "approval-asked",
    to: [{ verb: "decide-approvals", but: [...authors] }],
    subjectId: approvalId,
    values: { subject, name: frozen.snapshot.name, why },
  });
  return { approvalId };
}
