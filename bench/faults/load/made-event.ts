import type { JsonObject } from "#flow/json.ts";
import { type Random, randomOf } from "../random.ts";
import type { KnownFlow } from "../world/known-flow.ts";
import type { Person } from "../world/person.ts";

/** An event of the load, with all that the harness knows about it. Times are milliseconds since 1970 by the product's clock. */
export type MadeEvent = {
  /** Its message id at the door, and the words in every message about it. */
  ref: string;
  name: string;
  person: Person;
  /** True when its flow must come to its first message. */
  isForSending: boolean;
  properties: JsonObject;
  /** When the door was first asked to take it; null: not yet. */
  sentAt: number | null;
  /** When the door said yes; null: it never did. */
  acceptedAt: number | null;
  /** How often the door was asked. */
  tries: number;
  phase: Phase;
};

/** Before the fault begins, while it lasts, and after it ended. */
export type Phase = "before" | "during" | "after";

/** How often each event happens, in parts: as in a bank, most are about transactions. */
const weights: Record<string, number> = { fraud: 4, transaction: 10, service: 8, marketing: 6 };

/** Seeded, so that the same seed gives the same people the same events in the same order. */
export function makeEvents(seed: number, count: number, people: Person[], flows: readonly KnownFlow[]): MadeEvent[] {
  const random = randomOf("events", seed);
  const urn = flows.flatMap(({ event, ...flow }) =>
    event === null
      ? []
      : Array.from({ length: flow.firstTemplate ? (weights[flow.purpose] ?? 1) : 1 }, () => ({ ...flow, event })),
  );
  return Array.from({ length: count }, (_, index) =>
    makeEvent(random, `E-${seed}-${index}`, random.pick(people), random.pick(urn)),
  );
}

type OpenedByEvent = Pick<KnownFlow, "purpose" | "properties"> & { event: string };

export function makeEvent(random: Random, ref: string, person: Person, flow: OpenedByEvent): MadeEvent {
  const isForSending = random.chance(0.85);
  return {
    ref,
    name: flow.event,
    person,
    isForSending,
    properties: {
      ...flow.properties,
      ref,
      path: isForSending ? "send" : "none",
      waits: flow.purpose !== "fraud" && random.chance(0.5),
      amount: random.int(100, 900_000),
      currency: "EUR",
    },
    sentAt: null,
    acceptedAt: null,
    tries: 0,
    phase: "before",
  };
}
