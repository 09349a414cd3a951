import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";

const Screen = z.looseObject({
  id: z.string().regex(/^[A-Za-z_]+$/),
  terminal: z.boolean().optional(),
  layout: z.looseObject({
    type: z.literal("SingleColumnLayout"),
    children: z.array(z.looseObject({ type: z.string() })),
  }),
});
const FlowJson = z.looseObject({
  version: z.string().regex(/^\d+\.\d+$/),
  data_api_version: z.enum(["3.0", "4.0"]).optional(),
  routing_model: z.record(z.string(), z.array(z.string())).optional(),
  screens: z.array(Screen).min(1),
});

/** What is wrong with a flow.json, in the form Meta's validation answers; empty when it may be published. */
export function flowErrors(text: string): JsonObject[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return [problem("INVALID_JSON", "JSON_SCHEMA_ERROR", error instanceof Error ? error.message : "not JSON")];
  }
  const parsed = FlowJson.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) =>
      problem("INVALID_PROPERTY_VALUE", "JSON_SCHEMA_ERROR", `${message} at "$root/${path.join("/")}".`),
    );
  return [...screenErrors(parsed.data)];
}

function* screenErrors({
  screens,
  routing_model: routes,
  data_api_version,
}: z.infer<typeof FlowJson>): Generator<JsonObject> {
  const ids = screens.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) yield problem("DUPLICATE_SCREEN_IDS", "FLOW_JSON_ERROR", `The screen id "${twice}" is used twice.`);
  if (ids.includes("SUCCESS"))
    yield problem("INVALID_SCREEN_ID", "FLOW_JSON_ERROR", '"SUCCESS" is a reserved screen id.');
  if (!screens.some(({ terminal }) => terminal))
    yield problem("MISSING_TERMINAL_SCREEN", "FLOW_JSON_ERROR", "A flow needs a terminal screen.");
  if (data_api_version && !routes)
    yield problem("MISSING_ROUTING_MODEL", "FLOW_JSON_ERROR", "A flow with an endpoint needs a routing_model.");
  for (const id of new Set([...Object.keys(routes ?? {}), ...Object.values(routes ?? {}).flat()]))
    if (!ids.includes(id))
      yield problem("INVALID_ROUTING_MODEL", "FLOW_JSON_ERROR", `The routing model names the unknown screen "${id}".`);
}

const problem = (error: string, kind: string, message: string): JsonObject => ({
  error,
  error_type: kind,
  message,
  line_start: 1,
  line_end: 1,
  column_start: 1,
  column_end: 1,
});

/** Whether a flow asks an endpoint for data, and so needs its address. */
export function flowVersions(text: string | null): { json: string | null; dataApi: string | null } {
  const parsed = FlowJson.safeParse(text === null ? null : tryJson(text));
  return { json: parsed.data?.version ?? null, dataApi: parsed.data?.data_api_version ?? null };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
