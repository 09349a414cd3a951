import { and, asc, eq, ne, or, type SQL } from "drizzle-orm";
import { contact, suppression } from "#db/schema/index.ts";
import { consentAt, consentPurposes } from "#flow/gate/consent.ts";
import type { Actor } from "../trpc.ts";
import type { Standing, Suppression } from "./explanation.ts";
import type { Person } from "./read-person.ts";

/** How many contacts with one phone number are looked at, and how many of them are named. */
const limits = { sharers: 50, named: 10 } as const;

export type Sharer = Awaited<ReturnType<typeof readSharers>>[number];

/** Other contacts with the same phone number, the oldest first. To STOP and to the caps all of them are one person. */
export async function readSharers(
  { db, session }: Actor,
  { id, phone }: Pick<typeof contact.$inferSelect, "id" | "phone">,
) {
  if (phone === null) return [];
  const { externalId, firstName, lastName, suppressedAt, suppressedReason } = contact;
  return db
    .select({ id: contact.id, externalId, firstName, lastName, suppressedAt, suppressedReason })
    .from(contact)
    .where(and(eq(contact.workspaceId, session.workspaceId), eq(contact.phone, phone), ne(contact.id, id)))
    .orderBy(asc(contact.id))
    .limit(limits.sharers);
}

/** What keeps messages from the person today, or lets them through. */
export async function readStanding(actor: Actor, person: Person): Promise<Standing> {
  const now = actor.clock.now().getTime();
  const { sharers } = person;
  return {
    consents: consentPurposes.flatMap((purpose) => {
      const given = person.consents[purpose];
      const state = consentAt(given, now);
      if (!given || state === "none") return [];
      return [
        { purpose, state, at: new Date(given.at), expiresAt: given.expiresAt ? new Date(given.expiresAt) : null },
      ];
    }),
    suppressions: [
      ...[{ ...person, isOther: false }, ...sharers.map((one) => ({ ...one, isOther: true }))].flatMap(ownSuppression),
      ...(await readListed(actor, person)),
    ],
    sharedWith: sharers
      .slice(0, limits.named)
      .map(({ id, externalId, firstName, lastName }) => ({ id, externalId, firstName, lastName })),
    hasMoreSharedWith: sharers.length > limits.named,
  };
}

type Suppressible = Pick<Sharer, "id" | "suppressedAt" | "suppressedReason"> & { isOther: boolean };

const ownSuppression = ({ id, suppressedAt, suppressedReason, isOther }: Suppressible): Suppression[] =>
  suppressedAt
    ? [
        {
          kind: "contact",
          reason: suppressedReason ?? "suppressed",
          since: suppressedAt,
          sharedWith: isOther ? id : null,
        },
      ]
    : [];

/** What the suppression list says of the person's numbers and customer id, as the dispatcher asks it. */
async function readListed({ db, session }: Actor, { phone, waId, externalId }: Person): Promise<Suppression[]> {
  const named = (kind: "phone" | "customer", value: string | null): SQL | undefined =>
    value === null ? undefined : and(eq(suppression.kind, kind), eq(suppression.value, value));
  const entries = [
    named("phone", phone),
    named("phone", waId === null ? null : `+${waId}`),
    named("customer", externalId),
  ].filter((one) => one !== undefined);
  if (entries.length === 0) return [];
  const rows = await db
    .select({ names: suppression.kind, note: suppression.note, since: suppression.addedAt })
    .from(suppression)
    .where(and(eq(suppression.workspaceId, session.workspaceId), or(...entries)));
  return rows.map((row) => ({ kind: "list", ...row }));
}
