import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { contact } from "#db/schema/index.ts";
import { advanceClock } from "../demo/advance-clock.ts";
import { DomainError } from "../errors.ts";
import type { Actor } from "../trpc.ts";
import { callSandbox } from "./sandbox-control.ts";

const waId = z.string().regex(/^\d{6,15}$/);

export const TapInput = z.strictObject({ wamid: z.string().max(300), buttonIndex: z.number().int().min(0).max(9) });
export const SayInput = z.strictObject({ waId, text: z.string().trim().min(1).max(4096) });
export const SetPhoneInput = z.strictObject({
  waId,
  phone: z.enum(["on", "off"]),
  readReceipts: z.boolean(),
  fault: z.number().int().nullable(),
});
export const SkipAheadInput = z.strictObject({ seconds: z.number().int().min(1).max(31_536_000) });

/** Taps a button of a message, as the customer. */
export async function tapButton(actor: Actor, { wamid, buttonIndex }: z.output<typeof TapInput>) {
  await callSandbox(actor.env, "POST", "/tap", { wamid, button_index: buttonIndex });
  return { ok: true };
}

/** Types a message, as the customer. */
export async function sayText(actor: Actor, input: z.output<typeof SayInput>) {
  await mustBeOurs(actor, input.waId);
  await callSandbox(actor.env, "POST", "/inbound", { from: input.waId, type: "text", text: { body: input.text } });
  return { ok: true };
}

/** Switches the phone, its read receipts, or a fault on and off. */
export async function setPhone(actor: Actor, { waId, ...behaviour }: z.output<typeof SetPhoneInput>) {
  await mustBeOurs(actor, waId);
  await callSandbox(actor.env, "POST", "/users", { wa_id: waId, behaviour });
  return { ok: true };
}

/** Moves the clock of product and sandbox forward. */
export async function skipAhead(actor: Actor, { seconds }: z.output<typeof SkipAheadInput>) {
  const { now } = await advanceClock(actor.db, actor.env, { advanceSeconds: seconds });
  return { now: new Date(now) };
}

async function mustBeOurs(actor: Actor, digits: string): Promise<void> {
  const known = await actor.db.$count(
    contact,
    and(eq(contact.workspaceId, actor.session.workspaceId), eq(contact.phone, `+${digits}`)),
  );
  if (known === 0) throw new DomainError("not-found", "This phone belongs to nobody of your workspace.");
}
