import { flowSchema } from "#flow/flow-schema.ts";

/** The published JSON Schema of flow files (docs/flow-files.md). Open to everybody: it says nothing of anybody. */
export function GET(): Response {
  return Response.json(flowSchema(), {
    headers: { "cache-control": "public, max-age=3600", "access-control-allow-origin": "*" },
  });
}
