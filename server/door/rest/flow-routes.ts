import { and, desc, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { flow, flowStatuses, flowVersion } from "#db/schema/index.ts";
import { readApprovalRules } from "#server/approvals/approval-rules.ts";
import { getFlow } from "#server/flows/get-flow.ts";
import { ImportFlow, importFlow } from "#server/flows/import-flow.ts";
import { readCases } from "#server/flows/list-cases.ts";
import { publishFlow } from "#server/flows/publish-flow.ts";
import { SaveDraft, saveDraft } from "#server/flows/save-draft.ts";
import type { Actor } from "#server/trpc.ts";
import { defineRoute } from "./define-route.ts";
import { Paging, pageOf, toPage } from "./paging.ts";
import { FlowResource, FlowSummary, Problem } from "./resources.ts";
import type { RestActor } from "./rest-actor.ts";

const FlowParams = z.strictObject({ flowId: z.uuid() });
const FlowQuery = Paging.extend({ status: z.enum(flowStatuses).optional() });
/** Publishes only the draft that was looked at: 409 when it is another by now. */
const PublishQuery = z.strictObject({ revision: z.coerce.number().int().min(1).optional() });
const none = z.strictObject({});

const columns = {
  id: flow.id,
  name: flow.name,
  status: flow.status,
  version: flowVersion.number,
  createdAt: flow.createdAt,
  updatedAt: flow.updatedAt,
};

export const flowRoutes = [
  defineRoute({
    method: "GET",
    path: "/v1/flows",
    operationId: "listFlows",
    summary: "The flows of the workspace, newest first.",
    verb: "see-flows",
    params: none,
    query: FlowQuery,
    body: null,
    status: 200,
    answer: pageOf(FlowSummary),
    run: (actor, { query }) => listFlows(actor, query),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/flows",
    operationId: "importFlow",
    summary: "A new draft from a graph. It may be incomplete; `problems` says what keeps it from being published.",
    verb: "edit-flows",
    params: none,
    query: none,
    body: ImportFlow,
    status: 201,
    answer: z.strictObject({ id: z.uuid(), problems: z.array(Problem) }),
    run: async (actor, { body }) => {
      const { flowId, problems } = await importFlow(actor, body);
      return { id: flowId, problems };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/flows/{flowId}",
    operationId: "getFlow",
    summary: "One flow with its draft graph, in the form POST /v1/flows takes.",
    verb: "see-flows",
    params: FlowParams,
    query: none,
    body: null,
    status: 200,
    answer: FlowResource,
    run: (actor, { params }) => readFlow(actor, params.flowId),
  }),
  defineRoute({
    method: "PUT",
    path: "/v1/flows/{flowId}",
    operationId: "changeFlow",
    summary:
      "Another draft in the place of the stored one, and with `cases` other test cases. `revision` is the one that was changed: when the draft is another by now, nothing is overwritten (409 with `detail.revision` and `detail.graph` of what is stored).",
    verb: "edit-flows",
    params: FlowParams,
    query: none,
    body: SaveDraft.omit({ flowId: true }),
    status: 200,
    answer: z.strictObject({ id: z.uuid(), revision: z.number().int(), problems: z.array(Problem) }),
    run: async (actor, { params, body }) => ({
      id: params.flowId,
      ...(await saveDraft(actor, { ...body, ...params })),
    }),
  }),
  defineRoute({
    method: "POST",
    path: "/v1/flows/{flowId}/publish",
    operationId: "publishFlow",
    summary:
      "Makes the draft the running version; a paused or held flow stays so. Refused with the problems by name when the graph cannot run, and where nobody approved the draft; a key with the scope flows:publish needs no approval where its workspace lets it publish.",
    verb: "publish-flows",
    params: FlowParams,
    query: PublishQuery,
    body: null,
    status: 200,
    answer: z.strictObject({ id: z.uuid(), version: z.number().int(), status: z.enum(["active", "paused", "held"]) }),
    run: async (actor, { params, query }) => ({
      id: params.flowId,
      ...(await publishFlow(actor, { ...params, ...query }, await trustedKey(actor))),
    }),
  }),
];

/** The key, where it and its workspace say that it publishes without a second person. */
async function trustedKey({ db, session, holder }: RestActor): Promise<{ keyId: string } | null> {
  if (!holder.scopes.includes("flows:publish")) return null;
  const { keysMayPublish } = await readApprovalRules(db, session.workspaceId);
  return keysMayPublish ? { keyId: holder.keyId } : null;
}

async function listFlows({ db, session }: Actor, { limit, after, status }: z.infer<typeof FlowQuery>) {
  const rows = await db
    .select(columns)
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(
      and(
        eq(flow.workspaceId, session.workspaceId),
        after ? lt(flow.id, after) : undefined,
        status ? eq(flow.status, status) : undefined,
      ),
    )
    .orderBy(desc(flow.id))
    .limit(limit + 1);
  return toPage(rows, limit);
}

async function readFlow(actor: Actor, flowId: string) {
  const { draft, revision } = await getFlow(actor, { flowId });
  const [row] = await actor.db
    .select(columns)
    .from(flow)
    .leftJoin(flowVersion, eq(flowVersion.id, flow.versionId))
    .where(and(eq(flow.id, flowId), eq(flow.workspaceId, actor.session.workspaceId)));
  const cases = await readCases(actor.db, flowId);
  return { ...row, revision, graph: draft, cases: cases.map(({ id: _, ...kept }) => kept) };
}
