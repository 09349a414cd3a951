import type { Sandbox } from "../sandbox.ts";
import { page, pick } from "./listing.ts";

const defaultFields = ["id", "display_phone_number", "verified_name", "quality_rating", "code_verification_status"];

function numberOf(sandbox: Sandbox): Record<string, unknown> {
  const { tier, mps } = sandbox.world.limits;
  return {
    id: sandbox.identity.phoneNumberId,
    display_phone_number: sandbox.identity.displayPhone,
    verified_name: "Sandbox Bank",
    quality_rating: "GREEN",
    code_verification_status: "VERIFIED",
    name_status: "APPROVED",
    status: "CONNECTED",
    platform_type: "CLOUD_API",
    account_mode: "SANDBOX",
    throughput: { level: mps !== null && mps <= 80 ? "STANDARD" : "HIGH" },
    whatsapp_business_manager_messaging_limit: tier === null ? "TIER_UNLIMITED" : `TIER_${tier}`,
    messaging_limit_tier: tier === null ? "TIER_UNLIMITED" : `TIER_${tier}`,
  };
}

/** GET /P */
export const getNumber = (sandbox: Sandbox, url: URL): object => pick(numberOf(sandbox), url, defaultFields);

/** GET /W/phone_numbers */
export const listNumbers = (sandbox: Sandbox, url: URL): object =>
  page([pick(numberOf(sandbox), url, defaultFields)], url);

/** GET /W */
export const getAccount = (sandbox: Sandbox): object => ({
  id: sandbox.identity.accountId,
  name: "Sandbox Bank",
  currency: "USD",
  timezone_id: "1",
  message_template_namespace: "sandbox",
  account_review_status: "APPROVED",
  owner_business_info: { name: "Sandbox Bank", id: `1${sandbox.identity.accountId}` },
});
