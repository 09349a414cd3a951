import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { fieldsOf } from "../graph/listing.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

const fields = ["about", "address", "description", "email", "profile_picture_url", "websites", "vertical"] as const;

const verticals = [
  "UNDEFINED",
  "OTHER",
  "AUTO",
  "BEAUTY",
  "APPAREL",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GROCERY",
  "GOVT",
  "HOTEL",
  "HEALTH",
  "NONPROFIT",
  "PROF_SERVICES",
  "RETAIL",
  "TRAVEL",
  "RESTAURANT",
  "NOT_A_BIZ",
  "ALCOHOL",
  "ONLINE_GAMBLING",
  "PHYSICAL_GAMBLING",
  "OTC_DRUGS",
  "MATRIMONY_SERVICE",
  "",
] as const;

/** An empty text takes an entry away. */
const Change = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  about: z.string().trim().min(1).max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z.union([z.literal(""), z.email().max(128)]).optional(),
  websites: z
    .array(z.url({ protocol: /^https?$/ }).max(256))
    .max(2)
    .optional(),
  vertical: z
    .preprocess((value) => (typeof value === "string" ? value.toUpperCase() : value), z.enum(verticals))
    .optional(),
  profile_picture_handle: z.string().min(1).optional(),
});

/** GET /P/whatsapp_business_profile; a field that was never set is left out, and so is one that was not asked for. */
export function getProfile(sandbox: Sandbox, url: URL): object {
  const { profile } = sandbox.world.account;
  const asked = fieldsOf(url) ?? fields;
  const shown = fields
    .filter((field) => asked.includes(field) && profile[field] !== undefined && profile[field] !== "")
    .map((field) => [field, profile[field]]);
  return { data: [{ ...Object.fromEntries(shown), messaging_product: "whatsapp" }] };
}

/** POST /P/whatsapp_business_profile: what is given replaces, the rest stays. Limits: section 2. */
export async function setProfile(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { messaging_product: _, profile_picture_handle: handle, ...change } = parse(Change, parameters);
  const known = Object.fromEntries(
    fields.flatMap((field) => (change[field] === undefined ? [] : [[field, change[field]]])),
  );
  if (handle !== undefined && !/^\d+:/.test(handle))
    throw new GraphError(100, "profile_picture_handle is not the handle of an upload.");
  const picture = handle === undefined ? {} : { profile_picture_url: pictureOf(sandbox, handle) };
  await sandbox.commit({ k: "profile", profile: { ...sandbox.world.account.profile, ...known, ...picture } });
  return { success: true };
}

const pictureOf = (sandbox: Sandbox, handle: string): string =>
  `https://pps.whatsapp.net/v/t61.24694-24/${sandbox.identity.phoneNumberId}_${Buffer.from(handle).length}.jpg`;
