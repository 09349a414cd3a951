import type { TestPerson } from "#components/flow-editor/editor-world.tsx";
import type { serverCaller } from "../../../viewer.ts";

const shownPeople = 6;
/** Enough to find somebody of each language among them. */
const lookedAt = 60;

/** A few people of the workspace to try a flow with. Nobody for those who may not see contacts: they invent one. */
export async function testPeople(
  caller: Awaited<ReturnType<typeof serverCaller>>,
  verbs: readonly string[],
): Promise<TestPerson[]> {
  if (!verbs.includes("see-contacts")) return [];
  const { rows } = await caller.contacts.list({ consent: "service", limit: lookedAt });
  const people = await Promise.all(
    mixedLanguages(rows)
      .slice(0, shownPeople)
      .map(({ id }) => caller.contacts.get({ contactId: id })),
  );
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

/** One person of each language first, then the others. */
function mixedLanguages<Row extends { locale: string | null }>(rows: readonly Row[]): Row[] {
  const languageOf = (row: Row) => row.locale?.slice(0, 2) ?? "";
  const firsts = rows.filter(
    (row, index) => rows.findIndex((other) => languageOf(other) === languageOf(row)) === index,
  );
  return [...firsts, ...rows.filter((row) => !firsts.includes(row))];
}
