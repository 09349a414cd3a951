import { page } from "../graph/listing.ts";
import { GraphError, unknownObject } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Call } from "../server.ts";
import { flowErrors } from "./flow-rules.ts";

const mostBytes = 10 * 1024 * 1024;

/** GET /FLOW/assets */
export function listAssets(sandbox: Sandbox, call: Call, id: string): object {
  const flow = sandbox.world.account.flows.get(id);
  if (!flow) throw unknownObject(id);
  if (flow.json === null) return page([], call.url);
  const asset = {
    name: "flow.json",
    asset_type: "FLOW_JSON",
    download_url: `http://${call.headers.host ?? "127.0.0.1"}/flow-json/${id}`,
  };
  return page([asset], call.url);
}

/** GET of that address: the JSON as it was uploaded. */
export function downloadFlowJson(sandbox: Sandbox, id: string): Buffer {
  const json = sandbox.world.account.flows.get(id)?.json;
  if (json === null || json === undefined) throw unknownObject(id);
  return Buffer.from(json);
}

/** POST /FLOW/assets (multipart): replaces a draft's flow.json, up to 10 MB, and says what is wrong with it. */
export async function uploadFlowJson(sandbox: Sandbox, call: Call, id: string): Promise<object> {
  const flow = sandbox.world.account.flows.get(id);
  if (!flow) throw unknownObject(id);
  if (flow.status !== "DRAFT") throw new GraphError(139_001, "Only a draft can be changed: this flow is published.");
  const form = await readForm(call);
  if (form.get("asset_type") !== "FLOW_JSON") throw new GraphError(100, "The parameter asset_type must be FLOW_JSON.");
  if (form.get("name") !== "flow.json") throw new GraphError(100, "The parameter name must be flow.json.");
  const file = form.get("file");
  if (!(file instanceof Blob)) throw new GraphError(100, "The parameter file is required.");
  if (file.size > mostBytes) throw new GraphError(100, "flow.json is larger than 10 MB.");
  const json = await file.text();
  const errors = flowErrors(json);
  await sandbox.commit({ k: "flow", flow: { ...flow, json, errors, changedAt: sandbox.clock.now() } });
  return { success: true, validation_errors: errors };
}

async function readForm(call: Call): Promise<FormData> {
  try {
    const headers = { "content-type": call.headers["content-type"] ?? "" };
    return await new Response(new Uint8Array(call.body), { headers }).formData();
  } catch {
    throw new GraphError(100, "The body is not multipart/form-data.");
  }
}
