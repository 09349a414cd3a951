import type { z } from "zod";
import type { Verb } from "#server/auth/permissions.ts";
import type { RestActor } from "./rest-actor.ts";

/** How large a body may be: its bytes, its levels, its keys and list entries together. */
export type BodyLimits = { bytes: number; depth: number; keys: number };

/** A graph of 500 steps has tens of thousands of keys; rules nest deeper than events. */
export const bodyLimits: BodyLimits = { bytes: 2 * 1024 * 1024, depth: 64, keys: 200_000 };

/** One REST call: what it takes, what it answers and who may. The OpenAPI document is made from the same values. */
export type Route<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Under the root, parameters in braces: "/v1/flows/{flowId}". */
  path: string;
  operationId: string;
  summary: string;
  verb: Verb;
  params: Params;
  query: Query;
  /** Null: nothing is read from the body. */
  body: Body | null;
  /** Unless it is `bodyLimits`. */
  limits?: BodyLimits;
  /** Also open to the write keys of the event door: what they may do there anyway. */
  takesWriteKeys?: true;
  status: 200 | 201;
  answer: z.ZodType;
  /** Called with what the schemas made of the request. */
  run(
    actor: RestActor,
    input: { params: z.infer<Params>; query: z.infer<Query>; body: z.infer<Body> },
  ): Promise<unknown>;
};

/** Keeps the types of the parts inside the route; `run` is a method, so that routes of all shapes fit into one table. */
export function defineRoute<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  route: Route<Params, Query, Body>,
): Route {
  return route;
}
