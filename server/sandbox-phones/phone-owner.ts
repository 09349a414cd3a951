import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact } from "#db/schema/index.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { callSandbox } from "./sandbox-control.ts";

/** A phone is named by the person it belongs to: the number may change, and is nobody else's business. */
export const contactId = z.uuid();

const Current = z.object({ user: z.object({ wa_id: z.string() }) });

/** The number of this person's phone now. Throws "not-found" for a person of another workspace or without a phone. */
export async function phoneOf(actor: Actor, id: string): Promise<string> {
  const [person] = await actor.db
    .select({ phone: contact.phone })
    .from(contact)
    .where(and(eq(contact.workspaceId, actor.session.workspaceId), eq(contact.id, id)));
  if (!person?.phone) throw new DomainError("not-found", "This phone belongs to nobody of your workspace.");
  const digits = person.phone.replace(/\D/g, "");
  return Current.parse(await callSandbox(actor.env, "GET", `/chat?with=${digits}&last=1`)).user.wa_id;
}
