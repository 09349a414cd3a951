import type { IncomingMessage } from "node:http";
import { DomainError } from "#server/errors.ts";
import type { Actor } from "#server/trpc.ts";
import type { KeyHolder } from "../access-keys.ts";
import type { Door } from "../door.ts";

/** Who calls: an actor for the verbs, and the door for what is brought in. */
export type RestActor = Actor & {
  door: Door;
  holder: KeyHolder;
  /** The same for every try of a call with an Idempotency-Key; null without one. */
  callId: string | null;
};

/**
 * Who calls with a REST key (or, where the route says so, a write key): a maker of the key's workspace called "api" in the audit.
 * Throws not-signed-in for any other key.
 */
export async function restActor(
  door: Door,
  request: IncomingMessage,
  { takesWriteKeys = false }: { takesWriteKeys?: boolean },
): Promise<RestActor> {
  const [scheme = "", key = ""] = (request.headers.authorization ?? "").split(" ", 2);
  const isBearer = scheme.toLowerCase() === "bearer" && key !== "";
  const restHolder = isBearer ? await door.keys.find("rest", key) : null;
  const holder = restHolder ?? (isBearer && takesWriteKeys ? await door.keys.find("write", key) : null);
  if (!holder) throw new DomainError("not-signed-in", "Send your REST key as `Authorization: Bearer <key>`.");
  const { db, clock, env } = door;
  const session = {
    userId: "api",
    name: "API",
    email: "",
    language: "en" as const,
    workspaceId: holder.workspaceId,
    role: "maker" as const,
    signIn: null,
  };
  return { db, clock, env, session, door, holder, callId: null };
}
