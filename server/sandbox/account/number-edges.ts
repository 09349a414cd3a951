import type { JsonObject } from "#flow/json.ts";
import type { Sandbox } from "../sandbox.ts";
import { blockUsers, listBlocked, unblockUsers } from "./block-list.ts";
import { getProfile, setProfile } from "./business-profile.ts";
import { getCompliance, setCompliance } from "./compliance-info.ts";
import { getAutomation, setAutomation } from "./conversational-automation.ts";
import { listHistory } from "./message-history.ts";
import { getEncryptionKey, getSettings, setEncryptionKey, setSettings } from "./number-settings.ts";
import { getQrCodes, removeQrCode, setQrCode } from "./qr-codes.ts";
import { deregister, register, requestCode, verifyCode } from "./registration.ts";
import { getUsername, removeFromContactBook, removeUsername, setUsername } from "./username.ts";

/** What a management call brings: its address, its parameters from wherever they came, and what stands after the edge. */
export type Asked = { url: URL; parameters: JsonObject; rest: string };
export type Edge = (sandbox: Sandbox, asked: Asked) => object | Promise<object>;

/** The number's management edges, by method and name (section 2). */
export const numberEdges: Record<string, Edge> = {
  "GET whatsapp_business_profile": (sandbox, { url }) => getProfile(sandbox, url),
  "POST whatsapp_business_profile": (sandbox, { parameters }) => setProfile(sandbox, parameters),
  "GET block_users": (sandbox, { url }) => listBlocked(sandbox, url),
  "POST block_users": (sandbox, { parameters }) => blockUsers(sandbox, parameters),
  "DELETE block_users": (sandbox, { parameters }) => unblockUsers(sandbox, parameters),
  "POST request_code": (sandbox, { parameters }) => requestCode(sandbox, parameters),
  "POST verify_code": (sandbox, { parameters }) => verifyCode(sandbox, parameters),
  "POST register": (sandbox, { parameters }) => register(sandbox, parameters),
  "POST deregister": deregister,
  "GET settings": getSettings,
  "POST settings": (sandbox, { parameters }) => setSettings(sandbox, parameters),
  "GET whatsapp_business_encryption": getEncryptionKey,
  "POST whatsapp_business_encryption": (sandbox, { parameters }) => setEncryptionKey(sandbox, parameters),
  "GET conversational_automation": getAutomation,
  "POST conversational_automation": (sandbox, { parameters }) => setAutomation(sandbox, parameters),
  "GET message_qrdls": (sandbox, { url, rest }) => getQrCodes(sandbox, url, rest),
  "POST message_qrdls": (sandbox, { parameters, rest }) => setQrCode(sandbox, parameters, rest),
  "DELETE message_qrdls": (sandbox, { rest }) => removeQrCode(sandbox, rest),
  "GET username": getUsername,
  "POST username": (sandbox, { parameters }) => setUsername(sandbox, parameters),
  "DELETE username": removeUsername,
  "DELETE contact_book": (sandbox, { parameters }) => removeFromContactBook(sandbox, parameters),
  "GET message_history": (sandbox, { url }) => listHistory(sandbox, url),
  "GET business_compliance_info": (sandbox, { url }) => getCompliance(sandbox, url),
  "POST business_compliance_info": (sandbox, { parameters }) => setCompliance(sandbox, parameters),
};
