import { createHmac } from "node:crypto";
import type { JsonObject } from "#flow/json.ts";
import type { Update } from "../record.ts";
import type { Sandbox } from "../sandbox.ts";
import { statusNode } from "./status-node.ts";

type Change = { field: string; value: JsonObject };
type StatusGroup = { phoneNumberId: string; value: JsonObject; nodes: JsonObject[]; contacts: Map<string, JsonObject> };

const currentVersion = 25;

/** The envelope of one call (section 11): consecutive statuses of one number share a change, everything else has its own. */
export function webhookEnvelope(sandbox: Sandbox, updates: Update[]): JsonObject {
  const changes: Change[] = [];
  let group: StatusGroup | null = null;
  let time: number | null = null;
  for (const update of updates) {
    if (update.kind === "status") {
      group = addStatus(sandbox, update, group, changes);
      continue;
    }
    changes.push(changeOf(sandbox, update));
    if (update.kind === "event" && update.isTimed) time = Math.floor(update.at / 1000);
    group = null;
  }
  return {
    object: "whatsapp_business_account",
    entry: [{ id: sandbox.identity.accountId, ...(time === null ? {} : { time }), changes }],
  };
}

function addStatus(
  sandbox: Sandbox,
  update: Update & { kind: "status" },
  open: StatusGroup | null,
  changes: Change[],
): StatusGroup | null {
  const message = sandbox.world.messages.get(update.wamid);
  if (!message) return open;
  const version = sandbox.world.subscription?.version ?? currentVersion;
  const group =
    open?.phoneNumberId === message.phoneNumberId ? open : newGroup(sandbox, message.phoneNumberId, changes);
  group.nodes.push(statusNode(sandbox, message, update, version));
  // Meta leaves contacts out of failed statuses, and a person's username out of `sent`.
  if (update.status === "failed") return group;
  const contact = contactOf(sandbox, message.waId, message.bsuid !== undefined, update.status !== "sent");
  group.contacts.set(message.waId, contact);
  group.value.contacts = [...group.contacts.values()];
  return group;
}

function newGroup(sandbox: Sandbox, phoneNumberId: string, changes: Change[]): StatusGroup {
  const nodes: JsonObject[] = [];
  const value: JsonObject = { ...metadata(sandbox, phoneNumberId), statuses: nodes };
  changes.push({ field: "messages", value });
  return { phoneNumberId, value, nodes, contacts: new Map() };
}

/** Bytes and signature from one buffer. Meta escapes everything above U+007F and the slash in what it signs (section 11). */
export function signedBody(envelope: JsonObject, appSecret: string): { bytes: Buffer; signature: string } {
  const text = JSON.stringify(envelope)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const bytes = Buffer.from(text, "latin1");
  return { bytes, signature: `sha256=${createHmac("sha256", appSecret).update(bytes).digest("hex")}` };
}

/** How a person is named in a webhook: without a phone when they were written to by id or hide it (section 7). */
export function contactOf(sandbox: Sandbox, waId: string, isByBsuid = false, showsUsername = true): JsonObject {
  const user = sandbox.world.userOf(waId);
  return {
    profile: { name: user.name, ...(showsUsername && user.username ? { username: user.username } : {}) },
    ...(isByBsuid || user.hidesPhone ? {} : { wa_id: waId }),
    user_id: user.bsuid,
    ...(user.parentBsuid === undefined ? {} : { parent_user_id: user.parentBsuid }),
  };
}

function changeOf(sandbox: Sandbox, update: Update & { kind: "inbound" | "event" }): Change {
  if (update.kind === "event") return { field: update.field, value: update.value };
  const { world, identity } = sandbox;
  const user = world.userOf(update.waId);
  const { from, ...rest } = update.message;
  const isAbout = rest.type === "system";
  const value = {
    ...metadata(sandbox, world.messages.get(update.wamid)?.phoneNumberId ?? identity.phoneNumberId),
    // What WhatsApp itself says of a person comes without a card of theirs (section 11.1).
    ...(isAbout ? {} : { contacts: [contactOf(sandbox, update.waId)] }),
    messages: [
      {
        ...(user.hidesPhone || from === undefined ? {} : { from }),
        ...(user.parentBsuid === undefined ? {} : { from_parent_user_id: user.parentBsuid }),
        ...rest,
      },
    ],
  };
  return { field: "messages", value };
}

export const metadata = (sandbox: Sandbox, phoneNumberId: string): JsonObject => ({
  messaging_product: "whatsapp",
  metadata: { display_phone_number: sandbox.identity.displayPhone.slice(1), phone_number_id: phoneNumberId },
});
