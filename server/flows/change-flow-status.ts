import { and, count, eq } from "drizzle-orm";
import { z } from "zod";
import type { Transaction } from "#db/client.ts";
import { enrollment, flow, type flowStatuses } from "#db/schema/index.ts";
import { newestApproval, withdrawOpen } from "#server/approvals/find-approval.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { awaitCalls } from "#server/engine/await-calls.ts";
import { DomainError } from "#server/errors.ts";
import { notify } from "#server/notifications/notify.ts";
import type { Actor } from "#server/trpc.ts";
import { announceFlow } from "./announce-flow.ts";
import { type FlowRow, lockFlow } from "./find-flow.ts";

type FlowStatus = (typeof flowStatuses)[number];

export const ChangeFlowStatus = z.strictObject({ flowId: z.uuid() });

/** Each act with the statuses it starts from. Archived means: off the list, nobody enters, and the engine ends what people inside are still waiting for. */
const acts = {
  "pause-flow": { from: ["active"], to: "paused" },
  "resume-flow": { from: ["paused"], to: "active" },
  "hold-flow": { from: ["active", "paused"], to: "held" },
  "release-flow": { from: ["held"], to: "active" },
  "archive-flow": { from: ["draft", "in-review", "active", "paused", "held"], to: "archived" },
  "restore-flow": { from: ["archived"], to: "paused" },
} as const satisfies Record<string, { from: readonly FlowStatus[]; to: FlowStatus }>;
type Act = keyof typeof acts;

/**
 * A verb for one act: pauses, resumes, holds, releases, archives or restores a flow and answers its new status and how many
 * people are inside. Doing it twice is the same as once; an act that makes no sense from the status is refused. When a hold is
 * answered, nothing of the flow leaves any more until its release, but for `onTheirWay` messages (0 for the other acts): their calls
 * have begun, and a slow provider has not answered within five seconds.
 */
export const flowStatusVerb =
  (act: Act) =>
  async (actor: Actor, { flowId }: z.infer<typeof ChangeFlowStatus>): Promise<Changed & { onTheirWay: number }> => {
    const changed = await actor.db.transaction((tx) => changeStatus(tx, actor, { act, flowId }));
    const { workspaceId } = actor.session;
    const onTheirWay = act === "hold-flow" ? await awaitCalls(actor.db, { workspaceId, flowId }) : 0;
    return { ...changed, onTheirWay };
  };

type Changed = { status: FlowStatus; peopleInside: number };

async function changeStatus(
  tx: Transaction,
  actor: Actor,
  { act, flowId }: { act: Act; flowId: string },
): Promise<Changed> {
  const { session, clock } = actor;
  const stored = await lockFlow(tx, session.workspaceId, flowId);
  const status = nextStatus(act, stored);
  const peopleInside = await countPeopleInside(tx, flowId);
  if (status === stored.status) return { status, peopleInside };
  const now = clock.now();
  const released = act === "release-flow" ? { releasedAt: now } : {};
  await tx
    .update(flow)
    .set({ status, updatedBy: session.userId, updatedAt: now, ...released })
    .where(eq(flow.id, flowId));
  await recordAudit(tx, actor, {
    action: act,
    subject: "flow",
    subjectId: flowId,
    detail: { from: stored.status, to: status, peopleInside },
  });
  if (act === "archive-flow") await lapse(tx, actor, stored);
  await announceFlow(tx, flowId);
  return { status, peopleInside };
}

/** What somebody still looks at cannot go live any more. */
async function lapse(tx: Transaction, actor: Actor, { id: flowId, name }: FlowRow): Promise<void> {
  const request = await newestApproval(tx, flowId);
  const approvalId = await withdrawOpen(tx, { subjectId: flowId, at: actor.clock.now() });
  if (!approvalId || !request) return;
  await notify(tx, actor, {
    kind: "approval-withdrawn",
    to: [{ verb: "decide-approvals" }, { people: [request.askedBy] }],
    subjectId: approvalId,
    values: { subject: "flow", name },
  });
  await recordAudit(tx, actor, {
    action: "withdraw-approval",
    subject: "flow",
    subjectId: flowId,
    detail: { approvalId, because: "archive-flow" },
  });
}

function nextStatus(act: Act, stored: FlowRow): FlowStatus {
  const from: readonly FlowStatus[] = acts[act].from;
  // A flow that never ran has nothing to pause: it comes back from the archive as the draft it was.
  const to = act === "restore-flow" && !stored.versionId ? "draft" : acts[act].to;
  if (from.includes(stored.status)) return to;
  if (stored.status === to) return to;
  throw new DomainError(
    "refused",
    `${stored.name} is ${stored.status}; this is possible when it is ${from.join(" or ")}.`,
    { status: stored.status },
  );
}

async function countPeopleInside(tx: Transaction, flowId: string): Promise<number> {
  const [row] = await tx
    .select({ people: count() })
    .from(enrollment)
    .where(and(eq(enrollment.flowId, flowId), eq(enrollment.status, "waiting")));
  return row?.people ?? 0;
}
