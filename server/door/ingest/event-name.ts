/** The word by which flows know an event: "Transaction Posted" and "transaction.posted" are the same. */
export const eventName = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ".");

/** Calls that are not `track` have one name each. */
export const fixedNames = {
  identify: "contact.identified",
  page: "page.viewed",
  screen: "screen.viewed",
  group: "contact.grouped",
  alias: "contact.aliased",
} as const;
