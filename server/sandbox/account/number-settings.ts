import { createHash, createPublicKey } from "node:crypto";
import { z } from "zod";
import type { JsonObject } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { Sandbox } from "../sandbox.ts";
import { parse } from "./read-parameters.ts";

const lower = (value: unknown) => (typeof value === "string" ? value.toLowerCase() : value);
const state = z.preprocess(lower, z.enum(["enabled", "disabled"]));

const Settings = z.looseObject({
  calling: z
    .looseObject({
      status: state.optional(),
      call_icon_visibility: z.preprocess(lower, z.enum(["default", "visible", "hidden", "disable_all"])).optional(),
      callback_permission_status: state.optional(),
      srtp_key_exchange_protocol: z.enum(["DTLS", "SDES", "DTLS-SRTP", "SDES-SRTP"]).optional(),
      video: z.looseObject({ status: state }).optional(),
      sip: z.looseObject({ status: state }).optional(),
      call_hours: z.looseObject({ status: state }).optional(),
    })
    .optional(),
  user_identity_change: z
    .looseObject({ enable_identity_key_check: z.boolean().optional(), enabled: z.boolean().optional() })
    .optional(),
  storage_configuration: z
    .looseObject({ enabled: z.boolean().optional(), status: z.string().optional(), region: z.string().optional() })
    .optional(),
  payload_encryption: z.looseObject({ status: state, client_encryption_key: z.string().optional() }).optional(),
});
type Settings = z.infer<typeof Settings>;

/** POST /P/settings: exactly one of calling, identity check, storage and payload encryption. */
export async function setSettings(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const {
    calling,
    user_identity_change: identity,
    storage_configuration: storage,
    payload_encryption: encryption,
  } = parse(Settings, parameters);
  const before = sandbox.world.account.settings;
  const settings: JsonObject = { ...before };
  if (calling) settings.calling = { ...asObject(before.calling), ...shownCalling(calling) };
  if (identity)
    settings.user_identity_change = {
      enable_identity_key_check: identity.enable_identity_key_check ?? identity.enabled ?? false,
    };
  if (storage) settings.storage_configuration = shownStorage(storage);
  if (encryption) settings.payload_encryption = shownEncryption(encryption);
  if (!calling && !identity && !storage && !encryption)
    throw new GraphError(
      100,
      "One of calling, user_identity_change, storage_configuration and payload_encryption is required.",
    );
  await sandbox.commit({ k: "number-settings", settings });
  return { success: true };
}

/** GET /P/settings */
export function getSettings(sandbox: Sandbox): object {
  const {
    calling,
    user_identity_change: identity,
    storage_configuration,
    payload_encryption,
  } = sandbox.world.account.settings;
  return {
    calling: {
      status: "disabled",
      call_icon_visibility: "visible",
      ip_addresses: { default: ["157.240.0.1", "157.240.0.2"] },
      callback_permission_status: "disabled",
      video: { status: "disabled" },
      ...asObject(calling),
    },
    payload_encryption: payload_encryption ?? { status: "disabled" },
    storage_configuration: storage_configuration ?? { status: "default" },
    ...(identity ? { user_identity_change: identity } : {}),
  };
}

function shownCalling(calling: NonNullable<Settings["calling"]>): JsonObject {
  const given: JsonObject = JSON.parse(JSON.stringify(calling));
  if (calling.sip?.status === "enabled" && !Array.isArray(calling.sip.servers))
    given.sip = { ...asObject(given.sip), servers: [{ app_id: "1", hostname: "sip.whatsapp.com", port: 5060 }] };
  return given;
}

function shownStorage({ enabled, status, region }: NonNullable<Settings["storage_configuration"]>): JsonObject {
  const isLocal = enabled ?? status?.toLowerCase() === "in_country_storage_enabled";
  if (isLocal && !region) throw new GraphError(100, "storage_configuration.region is required.");
  return isLocal && region
    ? { status: "in_country_storage_enabled", data_localization_region: region }
    : { status: "default" };
}

function shownEncryption({
  status,
  client_encryption_key: key,
}: NonNullable<Settings["payload_encryption"]>): JsonObject {
  if (status === "disabled") return { status };
  if (!key) throw new GraphError(100, "payload_encryption.client_encryption_key is required.");
  const fingerprint = createHash("sha256").update(key).digest("base64");
  return { status, client_encryption_key_fingerprint: `SHA256:${fingerprint}`, cloud_encryption_key: fingerprint };
}

/** GET /P/whatsapp_business_encryption */
export function getEncryptionKey(sandbox: Sandbox): object {
  const { encryptionKey } = sandbox.world.account;
  if (encryptionKey === null) return { data: [] };
  return { data: [{ business_public_key: encryptionKey, business_public_key_signature_status: "VALID" }] };
}

/** POST /P/whatsapp_business_encryption: a 2048-bit RSA key in PEM. */
export async function setEncryptionKey(sandbox: Sandbox, parameters: JsonObject): Promise<object> {
  const { business_public_key: pem } = parse(z.looseObject({ business_public_key: z.string().min(1) }), parameters);
  if (!isRsa2048(pem)) throw new GraphError(100, "business_public_key must be a 2048-bit RSA public key in PEM.");
  await sandbox.commit({ k: "encryption-key", pem });
  return { success: true };
}

function isRsa2048(pem: string): boolean {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "rsa" && key.asymmetricKeyDetails?.modulusLength === 2048;
  } catch {
    return false;
  }
}

const asObject = (value: unknown): JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as JsonObject) : {};
