import { createHash } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Registration } from "./account-record.ts";
import { parse } from "./read-parameters.ts";

const hourMs = 3_600_000;
/** Ten (de)registrations in 72 hours; ten requested codes in an hour; five wrong guesses in an hour. */
const mostChanges = 10;
const mostCodes = 10;
const mostGuesses = 5;
/** A number that was just deregistered waits before it may come back. */
const restMs = 5 * 60_000;
const success = { success: true };

const RequestCode = z.looseObject({
  code_method: z.enum(["SMS", "VOICE"]),
  language: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/),
});

/** POST /P/request_code: the code that would be sent is shown by the control plane's `number`. */
export async function requestCode(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  parse(RequestCode, parameters);
  const { registration, now } = stateOf(sandbox);
  if (registration.isVerified)
    throw new GraphError(136_024, "This phone number is verified already; no code is needed.");
  const recent = within(registration.codeRequestsAt, now, hourMs);
  if (recent.length >= mostCodes) throw new GraphError(133_016, "Too many codes were requested. Try again in an hour.");
  const hash = createHash("sha256").update(`${sandbox.seed}:code:${now}`).digest();
  const code = String(hash.readUInt32BE() % 1_000_000).padStart(6, "0");
  await keep(sandbox, { ...registration, code, codeRequestsAt: [...recent, now] });
  return success;
}

/** POST /P/verify_code */
export async function verifyCode(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { code } = parse(z.looseObject({ code: z.coerce.string() }), parameters);
  const { registration, now } = stateOf(sandbox);
  const wrong = within(registration.wrongCodesAt, now, hourMs);
  if (wrong.length >= mostGuesses) throw new GraphError(133_008, "Too many wrong codes. Try again in an hour.");
  if (registration.code === null || code.replace("-", "") !== registration.code) {
    await keep(sandbox, { ...registration, wrongCodesAt: [...wrong, now] });
    throw new GraphError(136_025, "The code does not match the one that was sent.");
  }
  await keep(sandbox, { ...registration, isVerified: true, code: null, wrongCodesAt: [] });
  return success;
}

const Pin = z.string().regex(/^\d{6}$/, "must be 6 digits");
const Register = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  pin: Pin,
  data_localization_region: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
});

/** POST /P/register: the first PIN becomes the number's own, later ones must be it. */
export async function register(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { pin } = parse(Register, parameters);
  const { registration, now } = stateOf(sandbox);
  const changesAt = admitChange(registration, now);
  if (!registration.isVerified)
    throw new GraphError(133_006, "The phone number must be verified before it is registered.");
  if (registration.status === "DISCONNECTED" && now - (changesAt.at(-2) ?? Number.NEGATIVE_INFINITY) < restMs)
    throw new GraphError(133_015, "The phone number was just deregistered. Wait five minutes and try again.");
  await checkPin(sandbox, pin);
  await keep(sandbox, { ...registration, status: "CONNECTED", pin, changesAt, wrongPinsAt: [] });
  return success;
}

/** POST /P/deregister: nothing can be sent until it is registered again. */
export async function deregister(sandbox: Sandbox): Promise<object> {
  const { registration, now } = stateOf(sandbox);
  if (registration.status !== "CONNECTED") throw new GraphError(133_010, "The phone number is not registered.");
  await keep(sandbox, { ...registration, status: "DISCONNECTED", changesAt: admitChange(registration, now) });
  return success;
}

/** POST /P with `pin`: sets or changes the two-step verification. */
export async function setPin(sandbox: Sandbox, given: unknown): Promise<void> {
  const { pin } = parse(z.looseObject({ pin: Pin }), { pin: String(given) });
  const { registration } = stateOf(sandbox);
  if (registration.status !== "CONNECTED") throw new GraphError(133_010, "The phone number is not registered.");
  await keep(sandbox, { ...registration, pin, wrongPinsAt: [] });
}

async function checkPin(sandbox: Sandbox, pin: string): Promise<void> {
  const { registration, now } = stateOf(sandbox);
  if (registration.pin === null || registration.pin === pin) return;
  const wrong = within(registration.wrongPinsAt, now, hourMs);
  if (wrong.length >= mostGuesses) throw new GraphError(133_008, "Too many wrong PINs. Try again in an hour.");
  const last = wrong.at(-1);
  if (last !== undefined && now - last < 1000) throw new GraphError(133_009, "PINs were tried too fast. Slow down.");
  await keep(sandbox, { ...registration, wrongPinsAt: [...wrong, now] });
  throw new GraphError(133_005, "The PIN does not match the one of the two-step verification.");
}

function admitChange(registration: Registration, now: number): number[] {
  const recent = within(registration.changesAt, now, 72 * hourMs);
  if (recent.length >= mostChanges)
    throw new GraphError(133_016, "The number was registered and deregistered too often in 72 hours.");
  return [...recent, now];
}

const within = (times: number[], now: number, ms: number): number[] => times.filter((at) => at > now - ms);
const stateOf = (sandbox: Sandbox) => ({ registration: sandbox.world.account.registration, now: sandbox.clock.now() });
const keep = (sandbox: Sandbox, registration: Registration): Promise<void> =>
  sandbox.commit({ k: "registration", registration });
