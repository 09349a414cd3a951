import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { fieldsOf, page, pick } from "../graph/listing.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { nextId } from "./account-id.ts";
import type { Flow, FlowStatus } from "./account-record.ts";
import { readFieldExpression } from "./field-expression.ts";
import { flowErrors, flowVersions } from "./flow-rules.ts";
import { shownFlow } from "./flow-view.ts";
import { parse } from "./read-parameters.ts";

const categories = [
  "SIGN_UP",
  "SIGN_IN",
  "APPOINTMENT_BOOKING",
  "LEAD_GENERATION",
  "CONTACT_US",
  "CUSTOMER_SUPPORT",
  "SURVEY",
  "OTHER",
] as const;

const name = z.string().min(1).max(200);
const Categories = z.array(z.enum(categories)).min(1);
const Create = z.looseObject({
  name,
  categories: Categories,
  flow_json: z.string().optional(),
  publish: z.boolean().optional(),
  clone_flow_id: z.coerce.string().optional(),
  endpoint_uri: z.url({ protocol: /^https$/ }).optional(),
});
const Change = z.looseObject({
  name: name.optional(),
  categories: Categories.optional(),
  endpoint_uri: z.url({ protocol: /^https$/ }).optional(),
  application_id: z.coerce.string().optional(),
});

const defaultFields = ["id", "name", "status", "categories", "validation_errors"];

const flowOf = (sandbox: Sandbox, id: string): Flow => {
  const flow = sandbox.world.account.flows.get(id);
  if (!flow) throw unknownObject(id);
  return flow;
};

/** GET /W/flows */
export const listFlows = (sandbox: Sandbox, url: URL): object =>
  page(
    [...sandbox.world.account.flows.values()].map((flow) => pick(shownFlow(sandbox, flow), url, defaultFields)),
    url,
  );

/** GET /FLOW; also its endpoint's metrics, which are empty here: the sandbox calls no endpoint. */
export function getFlow(sandbox: Sandbox, url: URL, id: string): object {
  const shown = shownFlow(sandbox, flowOf(sandbox, id));
  const metric = fieldsOf(url)?.find((field) => field.startsWith("metric."));
  if (metric) {
    const { modifiers } = readFieldExpression(metric);
    shown.metric = {
      name: modifiers.get("name"),
      granularity: modifiers.get("granularity") ?? "LIFETIME",
      data_points: [],
    };
  }
  return pick(shown, url, defaultFields);
}

/** POST /W/flows: a draft, or with `publish` a published one when its JSON is in order. */
export async function createFlow(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const given = parse(Create, parameters);
  const { flows } = sandbox.world.account;
  if ([...flows.values()].some((flow) => flow.name === given.name))
    throw new GraphError(139_000, `There is already a flow named "${given.name}".`, { subcode: 4016019 });
  const source = given.clone_flow_id === undefined ? null : flowOf(sandbox, given.clone_flow_id);
  const json = given.flow_json ?? source?.json ?? null;
  const flow: Flow = {
    id: nextId(sandbox, "flow"),
    name: given.name,
    categories: given.categories,
    status: "DRAFT",
    endpointUri: given.endpoint_uri ?? source?.endpointUri ?? null,
    json,
    errors: json === null ? [] : flowErrors(json),
    changedAt: sandbox.clock.now(),
  };
  if (given.publish) {
    const problem = publishProblem(flow);
    if (problem === null) flow.status = "PUBLISHED";
  }
  await sandbox.commit({ k: "flow", flow });
  if (flow.status === "PUBLISHED") await tellStatus(sandbox, flow, "DRAFT");
  return { id: flow.id, success: true, validation_errors: flow.errors };
}

/** POST /FLOW: name, categories and endpoint of a draft. */
export async function editFlow(sandbox: Sandbox, id: string, parameters: JsonObject): Promise<object> {
  const flow = flowOf(sandbox, id);
  const { name: newName, categories: newCategories, endpoint_uri: endpointUri } = parse(Change, parameters);
  if (flow.status !== "DRAFT") throw new GraphError(139_001, "Only a draft can be changed: this flow is published.");
  const edited: Flow = {
    ...flow,
    name: newName ?? flow.name,
    categories: newCategories ?? flow.categories,
    endpointUri: endpointUri ?? flow.endpointUri,
    changedAt: sandbox.clock.now(),
  };
  await sandbox.commit({ k: "flow", flow: edited });
  return { success: true };
}

/** DELETE /FLOW: drafts only. */
export async function removeFlow(sandbox: Sandbox, id: string): Promise<object> {
  if (flowOf(sandbox, id).status !== "DRAFT")
    throw new GraphError(139_004, "Only a draft can be deleted: this flow was published. Deprecate it instead.");
  await sandbox.commit({ k: "flow-gone", id });
  return { success: true };
}

/** POST /FLOW/publish */
export async function publishFlow(sandbox: Sandbox, id: string): Promise<object> {
  const flow = flowOf(sandbox, id);
  const problem = flow.status === "DRAFT" ? publishProblem(flow) : "Only a draft can be published.";
  if (problem !== null) throw new GraphError(139_002, problem);
  return move(sandbox, flow, "PUBLISHED");
}

/** POST /FLOW/deprecate */
export async function deprecateFlow(sandbox: Sandbox, id: string): Promise<object> {
  const flow = flowOf(sandbox, id);
  if (flow.status === "DRAFT" || flow.status === "DEPRECATED")
    throw new GraphError(139_003, "Only a published flow can be deprecated.");
  return move(sandbox, flow, "DEPRECATED");
}

/** Moves a flow to another status and tells the subscriber (field `flows`). */
export async function move(sandbox: Sandbox, flow: Flow, status: FlowStatus): Promise<object> {
  const moved: Flow = { ...flow, status, changedAt: sandbox.clock.now() };
  await sandbox.commit({ k: "flow", flow: moved });
  await tellStatus(sandbox, moved, flow.status);
  return { success: true };
}

function publishProblem(flow: Flow): string | null {
  if (flow.json === null) return "The flow has no flow.json yet.";
  if (flow.errors.length > 0) return "The flow has validation errors.";
  if (flowVersions(flow.json).dataApi !== null && flow.endpointUri === null)
    return "The flow asks an endpoint for data, and its endpoint_uri is not set.";
  return null;
}

function tellStatus(sandbox: Sandbox, flow: Flow, before: FlowStatus): Promise<void> {
  const value = {
    event: "FLOW_STATUS_CHANGE",
    message: `Flow ${flow.name} changed status from ${before} to ${flow.status}`,
    flow_id: flow.id,
    old_status: before,
    new_status: flow.status,
  };
  return sandbox.tell({ kind: "event", field: "flows", value, isTimed: true, at: sandbox.clock.now() });
}
