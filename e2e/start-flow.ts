import type { Graph } from "#flow/graph.ts";
import { postByKey } from "#scripts/shots/call-door.ts";

type NewFlow = { name: string; event: string; graph: Graph };

/**
 * Publishes a flow by the REST API, as a pipeline does whose key may: for stories that are about something else than drawing.
 * Answers its event, which begins with the given name and is this run's own: no other flow answers it.
 */
export async function startFlow(baseUrl: string, wish: NewFlow): Promise<string> {
  const { id, event } = await draftFlow(baseUrl, wish);
  await publishByKey(baseUrl, id);
  return event;
}

/** Makes a draft the running version, as a pipeline's key may. */
export async function publishByKey(baseUrl: string, flowId: string): Promise<void> {
  await postByKey(baseUrl, `/v1/flows/${flowId}/publish`, {});
}

/** The same without publishing: a draft that nobody of the demo people wrote. */
export async function draftFlow(
  baseUrl: string,
  { name, event, graph }: NewFlow,
): Promise<{ id: string; event: string }> {
  const ownEvent = `${event}.${Date.now()}`;
  const nodes = graph.nodes.map((node) =>
    node.type === "trigger-event" ? { ...node, data: { ...node.data, event: ownEvent } } : node,
  );
  const { id } = await postByKey(baseUrl, "/v1/flows", { name, graph: { ...graph, nodes } });
  return { id, event: ownEvent };
}
