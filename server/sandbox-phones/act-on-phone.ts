import { z } from "zod";
import { advanceClock } from "../demo/advance-clock.ts";
import type { Actor } from "../trpc.ts";
import { contactId, phoneOf } from "./phone-owner.ts";
import { callSandbox } from "./sandbox-control.ts";

const wamid = z.string().min(1).max(300);
const waId = z.string().regex(/^[1-9]\d{6,14}$/);

export const TapInput = z.strictObject({
  contactId,
  wamid,
  buttonIndex: z.number().int().min(0).max(40).optional(),
  cardIndex: z.number().int().min(0).max(9).optional(),
  rowId: z.string().max(200).optional(),
});
export const SetPhoneInput = z.strictObject({
  contactId,
  phone: z.enum(["on", "off"]).optional(),
  readReceipts: z.boolean().optional(),
  fault: z.number().int().nullable().optional(),
});
export const FormInput = z.strictObject({ contactId, wamid, answers: z.record(z.string().max(100), z.json()) });
export const PreferenceInput = z.strictObject({ contactId, value: z.enum(["stop", "resume"]) });
export const BlockInput = z.strictObject({ contactId, isBlocked: z.boolean() });
export const NumberInput = z.strictObject({ contactId, to: waId });
export const SkipAheadInput = z.strictObject({ seconds: z.number().int().min(1).max(31_536_000) });

/** What can be made to go wrong with the next message to a person. */
export const nextFaults = ["refused", "too-fast", "cut-off", "unknown", "slow"] as const;
export const FaultInput = z.strictObject({ contactId, next: z.enum(nextFaults) });

const planted: Record<(typeof nextFaults)[number], Record<string, unknown>> = {
  refused: { mode: "sync", code: 131000 },
  "too-fast": { mode: "sync", code: 131056 },
  "cut-off": { mode: "drop" },
  unknown: { mode: "accept-then-drop" },
  slow: { mode: "slow", delay_ms: 8_000 },
};

const done = { ok: true };

/** Taps a button, or picks a row of a list, as the customer. */
export async function tapButton(actor: Actor, { contactId: id, ...tapped }: z.output<typeof TapInput>) {
  await phoneOf(actor, id);
  await callSandbox(actor.env, "POST", "/tap", {
    wamid: tapped.wamid,
    button_index: tapped.buttonIndex,
    row_id: tapped.rowId,
    card_index: tapped.cardIndex,
  });
  return done;
}

/** Sends the form a message has opened. */
export async function submitForm(actor: Actor, { contactId: id, ...form }: z.output<typeof FormInput>) {
  await phoneOf(actor, id);
  await callSandbox(actor.env, "POST", "/form", form);
  return done;
}

/** Switches the phone, its read receipts, or a lasting fault on and off; what is not given stays. */
export async function setPhone(actor: Actor, { contactId: id, ...behaviour }: z.output<typeof SetPhoneInput>) {
  await callSandbox(actor.env, "POST", "/users", { wa_id: await phoneOf(actor, id), behaviour });
  return done;
}

/** Stops or resumes marketing in WhatsApp itself. */
export async function setPreference(actor: Actor, { contactId: id, value }: z.output<typeof PreferenceInput>) {
  await callSandbox(actor.env, "POST", "/preferences", { wa_id: await phoneOf(actor, id), value });
  return done;
}

export async function setBlock(actor: Actor, { contactId: id, isBlocked }: z.output<typeof BlockInput>) {
  await callSandbox(actor.env, "POST", "/block", { wa_id: await phoneOf(actor, id), value: isBlocked });
  return done;
}

/** Moves a person's WhatsApp to another number; the business is told. */
export async function changeNumber(actor: Actor, { contactId: id, to }: z.output<typeof NumberInput>) {
  await callSandbox(actor.env, "POST", "/change-number", { wa_id: await phoneOf(actor, id), to });
  return done;
}

/** Lets something go wrong with the next message to a person, once. */
export async function plantFault(actor: Actor, { contactId: id, next }: z.output<typeof FaultInput>) {
  const to = await phoneOf(actor, id);
  await callSandbox(actor.env, "POST", "/faults", { match: { to }, count: 1, ...planted[next] });
  return done;
}

/** Moves the clock of product and sandbox forward. */
export async function skipAhead(actor: Actor, { seconds }: z.output<typeof SkipAheadInput>) {
  const { now } = await advanceClock(actor.db, actor.env, { advanceSeconds: seconds });
  return { now: new Date(now) };
}
