import { z } from "zod";
import { eventLimits } from "../ingest/limits.ts";
import type { Route } from "./define-route.ts";
import { namedSchemas } from "./resources.ts";
import { routes } from "./routes.ts";

type JsonSchema = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the schemas that the calls really use. */
export function openApi(publicUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = operations;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Chasqui REST API",
      version: "1",
      description: "Events and contacts in; flows, messages, enrollments and contacts of one workspace out.",
    },
    servers: [{ url: publicUrl }],
    security: [{ restKey: [] }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: { restKey: { type: "http", scheme: "bearer", description: "A REST key of the workspace." } },
    },
  };
}

function operationOf(route: Route) {
  return {
    operationId: route.operationId,
    summary: route.summary,
    parameters: [
      ...parametersOf(route.params, "path"),
      ...parametersOf(route.query, "query"),
      ...(route.method === "POST" ? [idempotencyKey] : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: json(inline(route.body)) } } : {}),
    responses: {
      [route.status]: { description: "Done.", content: json(inline(route.answer)) },
      default: {
        description: "Refused; the message says why and what to do.",
        content: json({ $ref: refTo("Error") }),
      },
    },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key and body again, within 7 days, is the same call: it is answered as the first one was.",
  schema: { type: "string", minLength: 1, maxLength: eventLimits.idempotencyKeyLength },
};

const json = (schema: JsonSchema) => ({ "application/json": { schema } });
const refTo = (name: string) => `#/components/schemas/${name}`;

function parametersOf(schema: z.ZodObject, place: "path" | "query") {
  const { properties = {}, required = [] } = inline(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

/** Schemas as a client sees them: what has a default may be left out. */
const options = { io: "input", unrepresentable: "any", uri: refTo } as const;

function componentSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemasOf(namedSchemas)).map(([name, schema]) => [name, clean(schema)]));
}

/** One schema that refers to the named ones instead of repeating them. */
function inline(schema: z.ZodType): JsonSchema {
  const { it = {} } = schemasOf({ ...namedSchemas, it: schema });
  return clean(it);
}

function schemasOf(named: Record<string, z.ZodType>): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  return z.toJSONSchema(registry, options).schemas as Record<string, JsonSchema>;
}

const clean = ({ $schema, $id, ...schema }: JsonSchema): JsonSchema => schema;
