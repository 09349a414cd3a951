import type { ConsentState } from "#db/schema/index.ts";
import type { ConsentPurpose } from "#flow/gate/consent.ts";
import { newId } from "#server/id.ts";
import { type Random, randomOf } from "../random.ts";

/** Somebody made up, as the harness remembers them: what may be sent to them is known here, and not read from the database. */
export type Person = {
  contactId: string;
  externalId: string;
  /** E.164 with +. */
  phone: string;
  timezone: string;
  /** What they had agreed to before the first event. */
  consents: Partial<Record<ConsentPurpose, "granted" | "withdrawn">>;
  isSuppressed: boolean;
  /** Decides the branch of a flow's condition. */
  score: number;
  /** Writes STOP when this share of the load was sent; null: never. */
  stopsAfter: number | null;
  /** What else they write, each when this share of the load was sent. */
  words: readonly { after: number; text: string }[];
};

/** The first name of everybody: it must never stand in a log. */
export const canaryName = "Qanarya";
/** Everybody's number begins so, and no other number does: it must never stand in a log. */
export const canaryPhone = "+141559";

// The sandbox gives a meaning to the last four digits of some numbers.
const spoken = new Set(["0000", "0026", "0042", "0047", "0049", "0050"]);
const zones = ["UTC", "Asia/Kolkata", "America/New_York", "Africa/Dakar", "Pacific/Auckland", "Asia/Kathmandu"];

export function makePeople(seed: number, count: number): Person[] {
  const random = randomOf("people", seed);
  const people: Person[] = [];
  for (let number = 0; people.length < count; number += 1) {
    const digits = String(number).padStart(5, "0");
    if (!spoken.has(digits.slice(-4))) people.push(makePerson(random, `${canaryPhone}${digits}`, people.length));
  }
  return people;
}

function makePerson(random: Random, phone: string, index: number): Person {
  return {
    contactId: newId(),
    externalId: `person-${index}`,
    phone,
    timezone: random.pick(zones),
    consents: { ...consentOf(random, "service", 0.88), ...consentOf(random, "marketing", 0.7) },
    isSuppressed: random.chance(0.03),
    score: random.int(300, 900),
    stopsAfter: random.chance(0.08) ? 0.1 + 0.8 * random.next() : null,
    words: wordsOf(random),
  };
}

/** Some greet, ask for their balance, by which a drawn flow starts, and say how it was: their window is open for a day from then on. */
function wordsOf(random: Random): Person["words"] {
  if (random.chance(0.6)) return [];
  const from = 0.6 * random.next();
  return ["Hello", "My balance please", "4"].map((text, index) => ({ after: from + 0.15 * index, text }));
}

/** Never writes anything: no window of theirs ever opens. */
export const isSilent = ({ stopsAfter, words }: Person): boolean => stopsAfter === null && words.length === 0;

function consentOf(random: Random, purpose: ConsentPurpose, share: number): Person["consents"] {
  if (random.chance(share)) return { [purpose]: "granted" };
  return random.chance(0.5) ? { [purpose]: "withdrawn" } : {};
}

export function consentStateOf(person: Person, at: string): ConsentState {
  const entries = Object.entries(person.consents).map(([purpose, state]) => [purpose, { state, at, source: "import" }]);
  return Object.fromEntries(entries) as ConsentState;
}
