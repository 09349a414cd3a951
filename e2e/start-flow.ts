import type { Graph } from "#flow/graph.ts";

/**
 * Publishes a flow by the REST API, as a developer's script does: for stories that are about something else than drawing.
 * Answers its event, which begins with the given name and is this run's own: no other flow answers it.
 */
export async function startFlow(
  baseUrl: string,
  { name, event, graph }: { name: string; event: string; graph: Graph },
): Promise<string> {
  const ownEvent = `${event}.${Date.now()}`;
  const nodes = graph.nodes.map((node) =>
    node.type === "trigger-event" ? { ...node, data: { ...node.data, event: ownEvent } } : node,
  );
  const { id } = await call(baseUrl, "/v1/flows", { name, graph: { ...graph, nodes } });
  await call(baseUrl, `/v1/flows/${id}/publish`, {});
  return ownEvent;
}

async function call(baseUrl: string, path: string, body: object): Promise<{ id: string }> {
  const answer = await fetch(`${baseUrl}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${process.env.CHASQUI_DEMO_API_KEY ?? "demo-api-key"}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  const { id } = JSON.parse(text);
  return { id };
}
