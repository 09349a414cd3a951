import type { z } from "zod";
import type { Json, JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Call } from "../server.ts";

/** A call's parameters from where Graph takes them: the query, a JSON body, a form. A JSON text in a form is read as JSON. */
export function readParameters(call: Call): JsonObject {
  const query = Object.fromEntries(
    [...call.url.searchParams]
      .filter(([name]) => name !== "access_token")
      .map(([name, value]) => [name, readText(value)]),
  );
  const text = call.body.toString("utf8").trim();
  if (text === "") return query;
  if (text.startsWith("{")) return { ...query, ...readObject(text) };
  if ((call.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded"))
    return {
      ...query,
      ...Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, readText(value)])),
    };
  throw new GraphError(100, "The body is not a JSON object.");
}

function readObject(text: string): JsonObject {
  try {
    return JSON.parse(text);
  } catch {
    throw new GraphError(100, "The body is not a JSON object.");
  }
}

// Only lists, objects and booleans: a number may be an id that must stay as it is written.
function readText(text: string): Json {
  if (!/^(\[|\{|true$|false$)/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Parses parameters; what does not fit is code 100 with the parameter's name, as Meta's management calls refuse. */
export function parse<T>(schema: z.ZodType<T>, parameters: JsonObject): T {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = issue?.path.join(".") ?? "";
  const isMissing = issue?.path.length === 1 && parameters[String(issue.path[0])] === undefined;
  throw new GraphError(
    100,
    isMissing ? `The parameter ${name} is required.` : `Param ${name} is not valid: ${issue?.message ?? ""}`,
  );
}
