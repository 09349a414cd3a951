import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { nextId } from "../account/account-id.ts";
import type { AddedNumber } from "../account/account-record.ts";
import { getAutomation } from "../account/conversational-automation.ts";
import { tierWord } from "../account/messaging-limit.ts";
import { parse } from "../account/read-parameters.ts";
import { setPin } from "../account/registration.ts";
import { setNumberCallback } from "../account/subscribed-apps.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { page, pick } from "./listing.ts";

const defaultFields = ["id", "display_phone_number", "verified_name", "quality_rating", "code_verification_status"];

function numberOf(sandbox: Sandbox): Record<string, unknown> {
  const { limits, account } = sandbox.world;
  const { tier, mps } = limits;
  const { registration, hooks, username, settings } = account;
  const limit = tierWord(tier);
  return {
    id: sandbox.identity.phoneNumberId,
    display_phone_number: sandbox.identity.displayPhone,
    verified_name: "Sandbox Bank",
    quality_rating: "GREEN",
    quality_score: { score: "GREEN" },
    code_verification_status: registration.isVerified ? "VERIFIED" : "NOT_VERIFIED",
    name_status: "APPROVED",
    status: registration.status,
    platform_type: registration.status === "CONNECTED" ? "CLOUD_API" : "NOT_APPLICABLE",
    account_mode: "SANDBOX",
    is_official_business_account: false,
    is_pin_enabled: registration.pin !== null,
    throughput: { level: mps !== null && mps <= 80 ? "STANDARD" : "HIGH" },
    whatsapp_business_manager_messaging_limit: limit,
    messaging_limit_tier: limit,
    conversational_automation: getAutomation(sandbox),
    ...(username ? { username: username.name } : {}),
    ...(settings.user_identity_change ? { user_identity_change: settings.user_identity_change } : {}),
    webhook_configuration: {
      ...(sandbox.world.subscription ? { application: sandbox.world.subscription.url } : {}),
      ...(hooks.ofAccount ? { whatsapp_business_account: hooks.ofAccount.url } : {}),
      ...(hooks.ofNumber ? { phone_number: hooks.ofNumber.url } : {}),
    },
    health_status: {
      can_send_message: registration.status === "CONNECTED" ? "AVAILABLE" : "BLOCKED",
      entities: [
        {
          entity_type: "PHONE_NUMBER",
          id: sandbox.identity.phoneNumberId,
          can_send_message: registration.status === "CONNECTED" ? "AVAILABLE" : "BLOCKED",
        },
      ],
    },
  };
}

/** GET /P */
export const getNumber = (sandbox: Sandbox, url: URL): object => pick(numberOf(sandbox), url, defaultFields);

/** GET /W/phone_numbers: the demo number first, then what was added. */
export const listNumbers = (sandbox: Sandbox, url: URL): object =>
  page(
    [numberOf(sandbox), ...[...sandbox.world.account.addedNumbers.values()].map(added)].map((number) =>
      pick(number, url, defaultFields),
    ),
    url,
  );

/** GET of a number that was added; null for an id that is none. */
export function getAddedNumber(sandbox: Sandbox, id: string, url: URL): object | null {
  const number = sandbox.world.account.addedNumbers.get(id);
  return number ? pick(added(number), url, defaultFields) : null;
}

const added = ({ id, phone, name }: AddedNumber): Record<string, unknown> => ({
  id,
  display_phone_number: phone,
  verified_name: name,
  quality_rating: "UNKNOWN",
  code_verification_status: "NOT_VERIFIED",
  name_status: "PENDING_REVIEW",
  status: "PENDING",
  platform_type: "NOT_APPLICABLE",
  account_mode: "SANDBOX",
});

const Addition = z.looseObject({
  cc: z.coerce.string().regex(/^[1-9]\d{0,2}$/),
  phone_number: z.coerce.string().regex(/^\d{4,15}$/),
  verified_name: z.string().min(3).max(75),
});

/** POST /W/phone_numbers: the number is listed; it would have to be verified before it could send. */
export async function addNumber(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { cc, phone_number: digits, verified_name: name } = parse(Addition, parameters);
  const phone = `+${digits.startsWith(cc) ? "" : cc}${digits}`;
  const { addedNumbers } = sandbox.world.account;
  if (phone === sandbox.identity.displayPhone || [...addedNumbers.values()].some((number) => number.phone === phone))
    throw new GraphError(100, "This phone number is in the account already.");
  const number = { id: nextId(sandbox, "number"), phone, name };
  await sandbox.commit({ k: "added-number", number });
  return { id: number.id };
}

const Change = z.looseObject({
  pin: z.coerce.string().optional(),
  webhook_configuration: z.looseObject({}).optional(),
  webhook_url: z.string().optional(),
  connection_status: z.string().optional(),
  new_display_name: z.string().min(3).max(75).optional(),
});

/** POST /P: the two-step PIN and the number's own webhook address. A display name goes to review, which nobody makes here. */
export async function changeNumber(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { pin, webhook_configuration, ...rest } = parse(Change, parameters);
  const isKnown = rest.webhook_url ?? rest.connection_status ?? rest.new_display_name;
  if (pin === undefined && webhook_configuration === undefined && isKnown === undefined)
    throw new GraphError(100, "One of pin, webhook_configuration and new_display_name is required.");
  if (pin !== undefined) await setPin(sandbox, pin);
  const configuration = parameters.webhook_configuration;
  if (configuration !== null && typeof configuration === "object" && !Array.isArray(configuration))
    await setNumberCallback(sandbox, configuration);
  return { success: true };
}
