import { z } from "zod";
import type { Json } from "#flow/json.ts";
import { GraphError } from "../graph-error.ts";
import type { RenderedContact } from "../rendered.ts";
import { check } from "./check.ts";

const text = z.string().optional();
const Name = z.looseObject({
  formatted_name: z.string().min(1),
  first_name: text,
  last_name: text,
  middle_name: text,
  prefix: text,
  suffix: text,
});
const Contact = z.looseObject({
  name: Name,
  birthday: z.iso.date().optional(),
  org: z.looseObject({ company: text, department: text, title: text }).optional(),
  phones: z.array(z.looseObject({ phone: text, type: text, wa_id: text })).default([]),
  emails: z.array(z.looseObject({ email: text })).default([]),
  urls: z.array(z.looseObject({ url: text })).default([]),
  addresses: z.array(z.looseObject({})).default([]),
});
const Contacts = z.array(Contact).min(1).max(257);

const nameParts = ["first_name", "last_name", "middle_name", "prefix", "suffix"] as const;

/** Contacts somebody is handed (section 3): each needs its formatted name and one more part of a name. */
export function readContacts(node: Json): RenderedContact[] {
  return check(Contacts, node, "contacts").map((contact, index) => {
    if (!nameParts.some((part) => contact.name[part]))
      throw new GraphError(
        131009,
        `Parameter 'contacts.${index}.name' needs one more of ${nameParts.join(", ")} besides formatted_name`,
      );
    return cardOf(contact);
  });
}

const cardOf = ({ name, org, phones, emails, urls, birthday }: z.infer<typeof Contact>): RenderedContact => ({
  name: name.formatted_name,
  ...(org?.company ? { organisation: org.company } : {}),
  phones: phones.map(({ phone, type, wa_id }) => ({
    phone: phone ?? wa_id ?? "",
    ...(type ? { kind: type } : {}),
    ...(wa_id ? { waId: wa_id } : {}),
  })),
  emails: emails.flatMap(({ email }) => email ?? []),
  links: urls.flatMap(({ url }) => url ?? []),
  ...(birthday ? { birthday } : {}),
});
