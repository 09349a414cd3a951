import { z } from "zod";
import { tellTier } from "../account/messaging-limit.ts";
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
  const { wa_id: waId, name, bsuid, behaviour } = UserInput.parse(input);
  const before = sandbox.world.userOf(waId);
  const user = {
    ...before,
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
      if (message.direction === "outbound" && message.waId === waId) sandbox.statuses.plan(message);
  }
  return { wa_id: waId, name: user.name, bsuid: user.bsuid };
}

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

const LimitsInput = z.strictObject({
  mps: z.number().int().min(1).nullable().optional(),
  pair: z.boolean().optional(),
  tier: z.number().int().min(1).nullable().optional(),
  window: z.enum(["sync", "async"]).optional(),
});

/** Switches Meta's limits on; null switches one off, what is not given stays. `window`: how a free-form send outside is refused. */
export async function setLimits(sandbox: Sandbox, input: unknown): Promise<object> {
  const before = sandbox.world.limits;
  const limits = { ...before, ...LimitsInput.parse(input) };
  await sandbox.commit({ k: "limits", limits });
  if (limits.tier !== before.tier) await tellTier(sandbox, before.tier);
  return limits;
}

const delay = z.number().int().min(0).nullable().optional();
const ScheduleInput = z.strictObject({ sent_ms: delay, delivered_ms: delay, read_ms: delay, review_ms: delay });

/** When statuses and reviews happen by themselves; null switches one off. */
export async function setSchedule(sandbox: Sandbox, input: unknown): Promise<object> {
  const given = ScheduleInput.parse(input);
  const { schedule } = sandbox.world;
  const or = (value: number | null | undefined, before: number | null) => (value === undefined ? before : value);
  await sandbox.commit({
    k: "schedule",
    schedule: {
      sentMs: or(given.sent_ms, schedule.sentMs),
      deliveredMs: or(given.delivered_ms, schedule.deliveredMs),
      readMs: or(given.read_ms, schedule.readMs),
      reviewMs: or(given.review_ms, schedule.reviewMs),
    },
  });
  const now = sandbox.world.schedule;
  return { sent_ms: now.sentMs, delivered_ms: now.deliveredMs, read_ms: now.readMs, review_ms: now.reviewMs };
}

const ChaosInput = z.strictObject({
  duplicates: z.boolean().optional(),
  reorders: z.boolean().optional(),
  batch: z.number().int().min(1).max(1000).optional(),
});

/** Makes webhooks misbehave as Meta's may: each update twice in a call, newest first, so many per call. */
export async function setChaos(sandbox: Sandbox, input: unknown): Promise<object> {
  const { duplicates, reorders, batch } = ChaosInput.parse(input);
  const before = sandbox.world.chaos;
  const chaos = {
    duplicates: duplicates ?? before.duplicates,
    reorders: reorders ?? before.reorders,
    updatesPerCall: batch ?? before.updatesPerCall,
  };
  await sandbox.commit({ k: "chaos", chaos });
  return { duplicates: chaos.duplicates, reorders: chaos.reorders, batch: chaos.updatesPerCall };
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
