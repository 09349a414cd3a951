import { z } from "zod";
import { Fault } from "../faults.ts";
import type { Sandbox } from "../sandbox.ts";

const success = { success: true };

/** A phone number of the control plane: with or without +, kept as digits. */
export const WaId = z.coerce
  .string()
  .transform((phone) => phone.replace(/[+\-() ]/g, ""))
  .pipe(z.string().regex(/^[1-9]\d{6,14}$/, "must be a phone number of 7 to 15 digits"));

/**
 * Empties the ledger and undoes faults, limits, schedule, chaos, behaviours and preferences. Templates, people, webhook and
 * clock stay, since the product believes in them; `everything` forgets all but the webhook.
 */
export async function reset(sandbox: Sandbox, input: unknown): Promise<object> {
  const { everything } = z.strictObject({ everything: z.boolean().default(false) }).parse(input);
  await sandbox.reset(everything);
  return success;
}

const maxAdvanceMs = 10 * 366 * 86_400_000;

export async function moveClock(sandbox: Sandbox, input: unknown): Promise<object> {
  const { advance_ms: ms } = z.strictObject({ advance_ms: z.number().int().min(0).max(maxAdvanceMs) }).parse(input);
  await sandbox.advance(ms);
  return { now: new Date(sandbox.clock.now()).toISOString(), offset_ms: sandbox.clock.offsetMs };
}

const UserInput = z.strictObject({
  wa_id: WaId,
  name: z.string().min(1).max(100).optional(),
  bsuid: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  parent_bsuid: z
    .string()
    .regex(/^[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,128}$/)
    .optional(),
  username: z.string().min(3).max(35).optional(),
  hides_phone: z.boolean().optional(),
  identity_hash: z.string().min(1).optional(),
  behaviour: z
    .strictObject({
      phone: z.enum(["on", "off"]).optional(),
      readReceipts: z.boolean().optional(),
      fault: z.number().int().nullable().optional(),
      delayFactor: z.number().min(0).max(1000).optional(),
    })
    .default({}),
});

/** Makes or changes a person; what is not given stays. A phone that goes on receives what it has missed. */
export async function setUser(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wa_id: waId, name, bsuid, behaviour, ...more } = UserInput.parse(input);
  const before = sandbox.world.userOf(waId);
  const user = {
    ...before,
    ...identityOf(more),
    name: name ?? before.name,
    bsuid: bsuid ?? before.bsuid,
    behaviour: {
      phone: behaviour.phone ?? before.behaviour.phone,
      readReceipts: behaviour.readReceipts ?? before.behaviour.readReceipts,
      fault: behaviour.fault === undefined ? before.behaviour.fault : behaviour.fault,
      delayFactor: behaviour.delayFactor ?? before.behaviour.delayFactor,
    },
  };
  await sandbox.commit({ k: "user", user });
  if (before.behaviour.phone === "off" && user.behaviour.phone === "on") {
    for (const message of sandbox.world.log)
      if (message.direction === "outbound" && message.waId === waId)
        sandbox.statuses.plan(message, sandbox.clock.now());
  }
  return { wa_id: waId, name: user.name, bsuid: user.bsuid };
}

type Who = Pick<z.infer<typeof UserInput>, "parent_bsuid" | "username" | "hides_phone" | "identity_hash">;

const identityOf = ({ parent_bsuid, username, hides_phone, identity_hash }: Who) => ({
  ...(parent_bsuid === undefined ? {} : { parentBsuid: parent_bsuid }),
  ...(username === undefined ? {} : { username }),
  ...(hides_phone === undefined ? {} : { hidesPhone: hides_phone }),
  ...(identity_hash === undefined ? {} : { identityHash: identity_hash }),
});

export function plantFault(sandbox: Sandbox, input: unknown): object {
  sandbox.faults.plant(Fault.parse(input));
  return { planted: sandbox.faults.planted };
}

export const listFaults = (sandbox: Sandbox): object => ({ planted: sandbox.faults.planted });

/** Takes all planted faults back; everything else stays. */
export function calm(sandbox: Sandbox): object {
  sandbox.faults.clear();
  return success;
}

const PreferenceInput = z.strictObject({ wa_id: WaId, value: z.enum(["stop", "resume"]) });

/** A person stops or resumes marketing in WhatsApp itself; the subscriber hears of it by `user_preferences`. */
export async function setPreference(sandbox: Sandbox, input: unknown): Promise<object> {
  const { wa_id: waId, value } = PreferenceInput.parse(input);
  const user = { ...sandbox.world.userOf(waId), hasStoppedMarketing: value === "stop" };
  await sandbox.commit({ k: "user", user });
  await sandbox.tellPreference(user, value);
  return success;
}
