import type { Transaction } from "#db/client.ts";
import { type ConsentState, consent, contact, testNumber } from "#db/schema/index.ts";
import { demoCustomers } from "#server/demo/demo-customers.ts";
import { shardOf } from "#server/id.ts";
import { fixedId, fixedRandom, pick } from "./fixed-id.ts";
import { insertAll } from "./insert-all.ts";
import { type Region, regions } from "./regions.ts";
import type { Seed } from "./seed.ts";

const crowd = 300;
const dayMs = 86_400_000;

/** What a customer ticked when the account was opened. */
const wordings = {
  en: "I agree that Banco Demo writes to me on WhatsApp about my accounts.",
  fr: "J’accepte que Banco Demo m’écrive sur WhatsApp au sujet de mes comptes.",
  es: "Acepto que Banco Demo me escriba por WhatsApp sobre mis cuentas.",
};

export type SeededContact = typeof contact.$inferInsert & { firstName: string; locale: string; timezone: string };

/** The demo customers and a crowd around them, with their consents. Answers the crowd: those a history may happen to. */
export async function seedContacts(seed: Seed): Promise<SeededContact[]> {
  const random = fixedRandom("contacts");
  const people = Array.from({ length: crowd }, (_, index) => crowdPerson(seed, index, random));
  const demo = demoCustomers.map((customer, index) => demoPerson(seed, customer, index));
  const all = [...demo, ...people];
  await insertAll(seed.tx, contact, all);
  await insertConsents(seed.tx, all);
  await insertAll(
    seed.tx,
    testNumber,
    demo.map((person) => testRow(seed, person)),
  );
  return people;
}

/** The ledger of the consents that people have. */
export const insertConsents = (tx: Transaction, people: readonly ConsentedRow[]): Promise<void> =>
  insertAll(tx, consent, people.flatMap(consentRows));

type ConsentedRow = typeof contact.$inferInsert;

function demoPerson(seed: Seed, customer: (typeof demoCustomers)[number], index: number): SeededContact {
  const { externalId, country, creditScore, ...person } = customer;
  const since = new Date(seed.now.getTime() - (200 - index) * dayMs);
  return {
    ...base(seed, externalId, since),
    ...person,
    consents: both("granted", since),
    attributes: { country, creditScore, segment: "retail", kycStatus: "incomplete" },
    tags: ["demo"],
  };
}

function crowdPerson(seed: Seed, index: number, random: () => number): SeededContact {
  const region = regionFor(random() * 100);
  const [firstName, lastName] = [pick(region.firstNames, random), pick(region.lastNames, random)];
  const since = new Date(seed.now.getTime() - (30 + random() * 700) * dayMs);
  const isOptedOut = random() < 0.03;
  const hasMarketing = random() < 0.72;
  const optedOutAt = new Date(since.getTime() + 20 * dayMs);
  const consent = isOptedOut ? state("withdrawn", optedOutAt) : state("granted", since);
  return {
    ...base(seed, `C-${20_000 + index}`, since),
    firstName,
    lastName,
    email: `customer${index}@example.com`,
    phone: region.phone(1000 + index),
    locale: region.locale,
    timezone: pick([region.zones[0], ...region.zones], random),
    attributes: {
      country: region.country,
      currency: region.currency,
      segment: random() < 0.8 ? "retail" : "business",
      creditScore: 480 + Math.floor(random() * 330),
      kycStatus: random() < 0.6 ? "completed" : "incomplete",
    },
    consents: {
      ...(random() < 0.96 ? { service: consent } : {}),
      ...(hasMarketing ? { marketing: consent } : {}),
    },
    ...(isOptedOut ? { suppressedAt: optedOutAt, suppressedReason: "opt-out" } : {}),
  };
}

/** On a sandbox every customer of the demo may be tried on. */
const testRow = (seed: Seed, { id, createdAt }: SeededContact): typeof testNumber.$inferInsert => ({
  contactId: id,
  workspaceId: seed.workspaceId,
  addedBy: seed.ownerId,
  addedAt: createdAt ?? seed.now,
});

function base(seed: Seed, externalId: string, since: Date) {
  const id = fixedId(`contact:${seed.workspaceId}:${externalId}`);
  return {
    id,
    workspaceId: seed.workspaceId,
    shard: shardOf(seed.workspaceId, id),
    externalId,
    createdAt: since,
    updatedAt: since,
  };
}

const state = (value: "granted" | "withdrawn", at: Date) => ({
  state: value,
  at: at.toISOString(),
  source: value === "granted" ? "identify" : "keyword",
});
const both = (value: "granted" | "withdrawn", at: Date): ConsentState => ({
  service: state(value, at),
  marketing: state(value, at),
});

function regionFor(percentile: number): Region {
  let upTo = 0;
  for (const region of regions) {
    upTo += region.share;
    if (percentile < upTo) return region;
  }
  return regions[0];
}

/** The ledger behind the state: when it was given and, where it was withdrawn, by which word. */
function consentRows(person: ConsentedRow): (typeof consent.$inferInsert)[] {
  const wording = wordings[person.locale === "fr" || person.locale === "es" ? person.locale : "en"];
  return Object.entries(person.consents ?? {}).flatMap(([purpose, { state: now }]) => {
    const given = person.createdAt ?? new Date(0);
    const row = {
      workspaceId: person.workspaceId,
      contactId: person.id,
      purpose: purpose === "marketing" ? "marketing" : "service",
      proof: {},
    } as const;
    const granted = {
      ...row,
      id: fixedId(`consent:${person.id}:${purpose}`, given.getTime()),
      state: "granted" as const,
      source: "identify",
      wording,
      actor: "api",
      at: given,
    };
    if (now === "granted") return [granted];
    const left = person.suppressedAt ?? given;
    return [
      granted,
      {
        ...row,
        id: fixedId(`stop:${person.id}:${purpose}`, left.getTime()),
        state: "withdrawn" as const,
        source: "keyword",
        wording: "STOP",
        actor: "system",
        at: left,
      },
    ];
  });
}
