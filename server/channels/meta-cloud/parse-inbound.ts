import { z } from "zod";
import type { ChannelEvent } from "../channel.ts";
import type { Findings } from "./findings.ts";

const Contact = z.looseObject({
  wa_id: z.string().optional(),
  user_id: z.string().optional(),
  profile: z.looseObject({ name: z.string().optional() }).optional(),
});
type Contact = z.infer<typeof Contact>;

const Reply = z.looseObject({ id: z.string(), title: z.string() });
const Captioned = z.looseObject({ caption: z.string().optional() }).optional();

const Message = z.looseObject({
  id: z.string().min(1),
  type: z.string().min(1),
  timestamp: z.coerce.number().positive(),
  from: z.string().optional(),
  from_user_id: z.string().optional(),
  context: z.looseObject({ id: z.string().optional() }).optional(),
  text: z.looseObject({ body: z.string() }).optional(),
  button: z.looseObject({ payload: z.string().optional(), text: z.string() }).optional(),
  interactive: z.looseObject({ button_reply: Reply.optional(), list_reply: Reply.optional() }).optional(),
  image: Captioned,
  video: Captioned,
  document: Captioned,
  reaction: z.looseObject({ emoji: z.string().optional() }).optional(),
});
type Message = z.infer<typeof Message>;

/** Messages from people. System notices (a changed number, a changed identity) are nobody's words: they are kept raw only. */
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
  if (message.type === "system") return { kind: "other", field: "messages.system" };
  const reply = message.interactive?.button_reply ?? message.interactive?.list_reply;
  const person =
    contacts.find((contact) => contact.wa_id !== undefined && contact.wa_id === message.from) ??
    contacts.find((contact) => contact.user_id !== undefined && contact.user_id === message.from_user_id) ??
    contacts[0];
  return {
    kind: "inbound",
    phoneNumberId,
    wamid: message.id,
    from: {
      waId: message.from ?? person?.wa_id ?? null,
      bsuid: message.from_user_id ?? person?.user_id ?? null,
      name: person?.profile?.name ?? null,
    },
    at: message.timestamp * 1000,
    type: message.type,
    text: textOf(message) ?? reply?.title ?? null,
    // Meta sends a button's text as payload when none was given.
    buttonId: message.button ? (message.button.payload ?? message.button.text) : (reply?.id ?? null),
    contextWamid: message.context?.id ?? null,
  };
}

const textOf = (message: Message): string | undefined =>
  message.text?.body ??
  message.button?.text ??
  message.image?.caption ??
  message.video?.caption ??
  message.document?.caption ??
  message.reaction?.emoji;
