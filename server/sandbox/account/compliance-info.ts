import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { fieldsOf } from "../graph/listing.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

const phone = z.string().regex(/^\+[1-9]\d{1,14}$/, "must be E.164");
const reachable = { email: z.email().optional(), mobile_number: phone.optional(), landline_number: phone.optional() };

const Compliance = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  entity_name: z.string().min(2).max(128),
  entity_type: z.string().min(1),
  entity_type_custom: z.string().max(128).optional(),
  is_registered: z.boolean().optional(),
  grievance_officer_details: z.looseObject({ name: z.string().min(2).max(128), ...reachable }),
  customer_care_details: z.looseObject(reachable),
});

/** GET /P/business_compliance_info: what Indian rules ask of a business; null where nothing was given. */
export function getCompliance(sandbox: Sandbox, url: URL): object {
  const { compliance } = sandbox.world.account;
  const all: JsonObject = {
    entity_name: null,
    entity_type: null,
    entity_type_custom: null,
    is_registered: null,
    grievance_officer_details: null,
    customer_care_details: null,
    ...compliance,
  };
  const fields = fieldsOf(url);
  const shown = Object.entries(all).filter(([name]) => !fields || fields.includes(name));
  return { data: [{ messaging_product: "whatsapp", ...Object.fromEntries(shown) }] };
}

/** POST /P/business_compliance_info */
export async function setCompliance(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { messaging_product: _, ...given } = parse(Compliance, parameters);
  if (given.entity_type.toUpperCase() === "OTHER" && !given.entity_type_custom)
    throw new GraphError(100, "entity_type_custom is required with the entity type OTHER.");
  const compliance: JsonObject = JSON.parse(JSON.stringify(given));
  await sandbox.commit({ k: "compliance", compliance });
  return { success: true };
}
