import type { TestPerson } from "#components/flow-editor/editor-world.tsx";
import type { serverCaller } from "../../../viewer.ts";

const shownPeople = 6;

/** A few people of the workspace to try a flow with. Nobody for those who may not see contacts: they invent one. */
export async function testPeople(
  caller: Awaited<ReturnType<typeof serverCaller>>,
  verbs: readonly string[],
): Promise<TestPerson[]> {
  if (!verbs.includes("see-contacts")) return [];
  const { rows } = await caller.contacts.list({ consent: "service", limit: shownPeople });
  const people = await Promise.all(rows.map(({ id }) => caller.contacts.get({ contactId: id })));
  return people.map(({ contact }) => ({
    id: contact.id,
    name: [contact.firstName, contact.lastName].filter(Boolean).join(" ") || (contact.phone ?? contact.id),
    masked: contact.phone ?? "",
    facts: {
      id: contact.id,
      firstName: contact.firstName,
      locale: contact.locale,
      timezone: contact.timezone,
      attributes: contact.attributes,
      tags: contact.tags,
    },
  }));
}
