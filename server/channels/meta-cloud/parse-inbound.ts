import { z } from "zod";
import type { ChannelEvent, Person } from "../channel-event.ts";
import type { Findings } from "./findings.ts";
import { detailOf } from "./inbound-detail.ts";

const Contact = z.looseObject({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  profile: z.looseObject({ name: z.string().optional() }).optional(),
});
type Contact = z.infer<typeof Contact>;

const Reply = z.looseObject({ id: z.string(), title: z.string() });
const Captioned = z.looseObject({ caption: z.string().optional() }).optional().catch(undefined);
const id = z.string().optional();

const Message = z.looseObject({
  id: z.string().min(1),
  type: z.string().min(1),
  timestamp: z.coerce.number().positive(),
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  context: z.looseObject({ id: z.string().optional() }).optional(),
  text: z.looseObject({ body: z.string() }).optional(),
  button: z.looseObject({ payload: z.string().optional(), text: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: Reply.optional(),
      list_reply: Reply.optional(),
      nfm_reply: z.looseObject({ body: z.string().optional() }).optional(),
    })
    .optional(),
  image: Captioned,
  video: Captioned,
  document: Captioned,
  reaction: z.looseObject({ emoji: z.string().optional() }).optional().catch(undefined),
  order: z.looseObject({ text: z.string().optional() }).optional().catch(undefined),
  identity: z.looseObject({ hash: id }).optional().catch(undefined),
  // Older calls say new_wa_id, newer ones wa_id.
  system: z.looseObject({ type: id, wa_id: id, new_wa_id: id, user_id: id, new_user_id: id }).optional(),
  edit: z.looseObject({ original_message_id: z.string().min(1), message: z.looseObject({}) }).optional(),
  revoke: z.looseObject({ original_message_id: z.string().min(1) }).optional(),
});
type Message = z.infer<typeof Message>;

/** Messages from people, and what WhatsApp tells about them: other numbers, other ids, another phone. */
export function readInbound(
  findings: Findings,
  path: string,
  value: Record<string, unknown>,
  phoneNumberId: string,
): void {
  const contacts = readContacts(value.contacts);
  findings.each(value.messages, `${path}.messages`, Message, (message) => eventOf(message, contacts, phoneNumberId));
}

function readContacts(list: unknown): Contact[] {
  const items: unknown[] = Array.isArray(list) ? list : [];
  return items.flatMap((item) => {
    const parsed = Contact.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

function eventOf(message: Message, contacts: Contact[], phoneNumberId: string): ChannelEvent {
  const from = senderOf(message, contacts);
  const at = message.timestamp * 1000;
  if (message.type === "system") return systemEvent(message, from, at);
  if (message.type === "revoke" && message.revoke)
    return { kind: "revoke", phoneNumberId, original: message.revoke.original_message_id, from, at };
  if (message.type === "edit" && message.edit) return editEvent(message, { phoneNumberId, from, at });
  const { button, interactive } = message;
  const reply = interactive?.button_reply ?? interactive?.list_reply;
  return {
    kind: "inbound",
    phoneNumberId,
    wamid: message.id,
    from,
    at,
    type: message.type,
    text: textOf(message) ?? null,
    // Meta sends a button's text as payload when none was given.
    buttonId: button ? (button.payload ?? button.text) : (reply?.id ?? null),
    contextWamid: message.context?.id ?? null,
    detail: detailOf(message),
  };
}

function senderOf(message: Message, contacts: Contact[]): Person & { name: string | null } {
  const person =
    contacts.find((contact) => contact.wa_id !== undefined && contact.wa_id === message.from) ??
    contacts.find((contact) => contact.user_id !== undefined && contact.user_id === message.from_user_id) ??
    contacts[0];
  return {
    waId: message.from ?? person?.wa_id ?? null,
    bsuid: message.from_user_id ?? person?.user_id ?? null,
    name: person?.profile?.name ?? null,
  };
}

/** System notices are nobody's words. */
function systemEvent({ system, identity }: Message, from: Person, at: number): ChannelEvent {
  const before = { waId: from.waId, bsuid: from.bsuid };
  switch (system?.type) {
    case "user_changed_number":
    case "user_changed_user_id": {
      const after = {
        waId: system.wa_id ?? system.new_wa_id ?? null,
        bsuid: system.user_id ?? system.new_user_id ?? null,
      };
      return { kind: "new-ids", before, after, at };
    }
    case "customer_identity_changed":
      return { kind: "new-identity", person: before, hash: identity?.hash ?? null, at };
    default:
      return { kind: "other", field: "messages.system" };
  }
}

function editEvent(
  { id: wamid, edit }: Message,
  letter: { phoneNumberId: string; from: Person & { name: string | null }; at: number },
): ChannelEvent {
  const content = Message.safeParse({ id: wamid, timestamp: letter.at, type: "text", ...edit?.message }).data;
  return {
    kind: "edit",
    ...letter,
    wamid,
    original: edit?.original_message_id ?? "",
    text: content ? (textOf(content) ?? null) : null,
    detail: content ? detailOf(content) : {},
  };
}

function textOf(message: Message): string | undefined {
  const { interactive } = message;
  return (
    message.text?.body ??
    message.button?.text ??
    message.image?.caption ??
    message.video?.caption ??
    message.document?.caption ??
    message.reaction?.emoji ??
    (interactive?.button_reply ?? interactive?.list_reply)?.title ??
    interactive?.nfm_reply?.body ??
    (message.order?.text || undefined)
  );
}
