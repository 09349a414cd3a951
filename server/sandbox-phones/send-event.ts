import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact } from "#db/schema/index.ts";
import type { JsonObject } from "#flow/json.ts";
import { DomainError } from "../errors.ts";
import { newId } from "../id.ts";
import type { Actor } from "../trpc.ts";

export const SendEventInput = z.strictObject({
  contactId: z.uuid(),
  name: z.string().trim().min(1).max(200),
  properties: z.record(z.string().max(100), z.json()),
});

/** Sends an event through the same door as any source system, with the demo write key: nothing is faked behind it. */
export async function sendEvent(actor: Actor, input: z.output<typeof SendEventInput>) {
  const { env, session } = actor;
  if (!env.isDemo) throw new DomainError("not-found", "Events by hand are part of demo workspaces only.");
  const [person] = await actor.db
    .select({ externalId: contact.externalId })
    .from(contact)
    .where(and(eq(contact.id, input.contactId), eq(contact.workspaceId, session.workspaceId)));
  if (!person?.externalId) throw new DomainError("not-found", "This person is not in your workspace.");
  const messageId = newId();
  await postToDoor(env.doorPort, env.demoWriteKey, {
    userId: person.externalId,
    event: input.name,
    properties: input.properties as JsonObject,
    messageId,
  });
  return { messageId };
}

async function postToDoor(port: number, writeKey: string, event: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/track`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`,
    },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
  if (!answer)
    throw new DomainError(
      "unavailable",
      "The event door does not answer. It restarts by itself; try again in a moment.",
    );
  if (!answer.ok) throw new DomainError("refused", `The door refused this event: ${await answer.text()}`);
}
