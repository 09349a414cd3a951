import { defineFault } from "../contract.ts";
import { isSilent, type Person } from "../world/person.ts";

const most = 30;
const erased = new Map<Person, number>();

/** People are erased while they wait in flows: nothing more reaches them, nothing brings them back, and nobody else notices. */
export const erasedPeople = defineFault({
  id: "F37",
  title: "people erased in the middle of their flows",
  allows: { ends: ["stopped", "contact-erased"], skipped: ["contact-erased"] },
  load: { eventsPerSecond: 120 },
  prepare: () => {
    erased.clear();
    return Promise.resolve();
  },
  inject: async ({ stack, load, world, note }) => {
    await load.untilAccepted(Math.floor(load.events.length * 0.74));
    // Whoever comes again by an event would be a new person under the old name.
    const toCome = new Set(load.events.slice(load.sent).map(({ person }) => person));
    const waiting = await stack.query<{ id: string }>(
      "select distinct contact_id as id from enrollment where workspace_id = $1 and status = 'waiting'",
      [world.workspaceId],
    );
    const inside = new Set(waiting.map(({ id }) => id));
    const chosen = world.people.filter(
      (person) => inside.has(person.contactId) && !toCome.has(person) && isSilent(person),
    );
    for (const person of chosen.slice(0, most)) {
      await stack.query("delete from consent where contact_id = $1", [person.contactId]);
      await stack.query("delete from contact where id = $1", [person.contactId]);
      erased.set(person, stack.now());
    }
    note("erased", erased.size);
  },
  expect: async ({ stack, world }, facts) => {
    const ids = [...erased.keys()].map(({ contactId }) => contactId);
    const byPhone = new Map([...erased].map(([person, at]) => [person.phone.slice(1), at]));
    const late = facts.provider.filter(
      ({ to, at }) => at > (byPhone.get(to) ?? Number.POSITIVE_INFINITY) + 1_000,
    ).length;
    // Whoever waits for days has not been looked at again: the first signal or timer ends it.
    const waiting = await stack.count(
      "select count(*) as n from enrollment where contact_id = any($1::uuid[]) and status = 'waiting' and wake_at <= $2",
      [ids, new Date(stack.now())],
    );
    const ended = facts.enrollments.filter(({ contactId, status }) => ids.includes(contactId) && status === "ended");
    const back = await stack.count(
      "select count(*) as n from contact where workspace_id = $1 and external_id = any($2::text[])",
      [world.workspaceId, [...erased.keys()].map(({ externalId }) => externalId)],
    );
    return [
      ...(erased.size === 0 ? ["nobody was there to be erased"] : []),
      ...(late > 0 ? [`${late} messages reached people who were erased`] : []),
      ...(waiting > 0 ? [`${waiting} enrollments of erased people still wait, although their time has come`] : []),
      ...(ended.length === 0 ? ["no enrollment of an erased person has ended"] : []),
      ...(back > 0 ? [`${back} erased people are back`] : []),
    ];
  },
});
