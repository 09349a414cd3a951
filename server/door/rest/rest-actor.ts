import type { IncomingMessage } from "node:http";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import type { Door } from "../door.ts";

/** Who calls with a REST key: a maker of the key's workspace called "api" in the audit. Throws not-signed-in for any other key. */
export async function restActor(door: Door, request: IncomingMessage): Promise<Actor> {
  const [scheme = "", key = ""] = (request.headers.authorization ?? "").split(" ", 2);
  const holder = scheme.toLowerCase() === "bearer" && key ? await door.keys.find("rest", key) : null;
  if (!holder) throw new DomainError("not-signed-in", "Send your REST key as `Authorization: Bearer <key>`.");
  const { db, clock, env } = door;
  const session = {
    userId: "api",
    name: "API",
    email: "",
    language: "en" as const,
    workspaceId: holder.workspaceId,
    role: "maker" as const,
  };
  return { db, clock, env, session };
}
