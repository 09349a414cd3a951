import type { ContactChange, ContactFacts } from "./contact.ts";

/**
 * The contact after the change; the one given is left as it is. An attribute that is no number is incremented from 0, and a
 * change that would leave the range of numbers does nothing.
 */
export function applyContactChange(contact: ContactFacts, change: ContactChange): ContactFacts {
  switch (change.op) {
    case "set":
      return { ...contact, attributes: { ...contact.attributes, [change.attribute]: change.value } };
    case "unset": {
      const { [change.attribute]: _, ...attributes } = contact.attributes;
      return { ...contact, attributes };
    }
    case "increment": {
      const before = Object.hasOwn(contact.attributes, change.attribute) ? contact.attributes[change.attribute] : 0;
      const after = (typeof before === "number" ? before : 0) + change.by;
      return Number.isFinite(after)
        ? applyContactChange(contact, { op: "set", attribute: change.attribute, value: after })
        : contact;
    }
    case "add-tag":
      return contact.tags.includes(change.tag) ? contact : { ...contact, tags: [...contact.tags, change.tag] };
    case "remove-tag":
      return { ...contact, tags: contact.tags.filter((tag) => tag !== change.tag) };
  }
}
