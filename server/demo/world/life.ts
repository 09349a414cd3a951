import type { Act, Topic } from "./act.ts";
import { officeMoment, peoplesMoment } from "./day-rhythm.ts";
import { design, leversOf } from "./design.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { type Person, personOf } from "./person.ts";
import { textsAbout } from "./texts.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A week for what follows from the last beginning, and a day for the last answers. */
const lastDays = 9;
/** Shorter, and nothing that begins would be over by the end. */
export const leastDays = 14;

export type Span = { seed: number /** Midnight (UTC) of the first day. */; startsAt: number; days: number };

/** What somebody would do, decided before anything happens: what comes of it depends on what reaches their phone. */
export type Temper = {
  /** Null: has no documents to bring. Moved: comes back if a reminder arrives. */
  kyc: "alone" | "moved" | "never" | null;
  /** Null: gets no offer. */
  loan: "alone" | "by-either" | "by-variant" | "never" | null;
};

export type Life = {
  span: Span;
  person: Person;
  temper: Temper;
  /** What happens whatever the bank sends, in the order of time. */
  acts: Act[];
};

/** The life of one person of the world: the same for the same span and index, byte for byte. */
export function lifeOf(span: Span, index: number): Life {
  const person = personOf(span.seed, index);
  const life: Life = { span, person, temper: { kyc: null, loan: null }, acts: [] };
  const joinedAt = person.isNewcomer ? joins(life) : wasCustomer(life);
  if (!person.isNewcomer) life.temper.loan = getsOffer(life);
  asks(life, joinedAt);
  life.acts.sort((a, b) => a.at - b.at);
  return life;
}

/** Customers of before are told to Chasqui in the first hours, as an import would. */
function wasCustomer({ acts, span, person }: Life): number {
  const at = span.startsAt + person.index;
  acts.push({ at, kind: "identify", traits: traitsOf(person, "completed") });
  return at;
}

function joins(life: Life): number {
  const { span, person, acts, temper } = life;
  const draws = drawsOf(span.seed, "joins", person.index);
  const at = peoplesMoment(draws, { ...spanFrom(life, 1), days: span.days - lastDays - 1 });
  const isIncomplete = draws.chance(design.kyc.incomplete);
  acts.push({ at, kind: "identify", traits: traitsOf(person, isIncomplete ? "incomplete" : "completed") });
  acts.push({ at: at + 1000, kind: "track", event: "account.opened", properties: { channel: "app" } });
  if (!isIncomplete) {
    acts.push(completed(at + draws.whole(5, 40) * minuteMs));
    return at;
  }
  const knownAt = at + draws.whole(60, 360) * minuteMs;
  const missing = draws.pick(
    person.market.locale === "es" ? ["cédula", "comprobante de domicilio"] : ["RG", "comprovante de residência"],
  );
  acts.push({ at: knownAt, kind: "track", event: "kyc.incomplete", properties: { missing: [missing], level: 1 } });
  const fate = draws.next();
  const { kycMoved } = leversOf(design);
  temper.kyc = fate < design.kyc.alone ? "alone" : fate < design.kyc.alone + kycMoved ? "moved" : "never";
  if (temper.kyc === "alone") acts.push(completed(knownAt + draws.logNormal(20 * hourMs, 1, 90 * hourMs)));
  return at;
}

export const completed = (at: number): Act => ({
  at: Math.round(at),
  kind: "track",
  event: "kyc.completed",
  properties: { level: 1 },
});

/** Scored once, on a working day; who would apply anyway does so within days. */
function getsOffer(life: Life): Temper["loan"] {
  const { span, person, acts } = life;
  const draws = drawsOf(span.seed, "loan", person.index);
  const at = officeMoment(draws, { ...spanFrom(life, 1), days: span.days - lastDays - 1 });
  acts.push({
    at,
    kind: "track",
    event: "credit.scored",
    properties: {
      creditScore: person.creditScore,
      ...offerOf(person),
      expiresAt: new Date(at + 20 * dayMs).toISOString().slice(0, 10),
    },
  });
  const { loanByEither, loanByVariant } = leversOf(design);
  const fate = draws.next();
  if (fate < design.loan.alone) {
    acts.push(applied(person, at + draws.logNormal(24 * hourMs, 0.8, 100 * hourMs)));
    return "alone";
  }
  if (fate < design.loan.alone + loanByEither) return "by-either";
  return fate < design.loan.alone + loanByVariant ? "by-variant" : "never";
}

const offerOf = ({ index, market, creditScore }: Person) => ({
  offerId: `LOAN-${index}`,
  // Better scores are offered more, in steps of a twentieth.
  amount: Math.round(market.loan * (0.5 + Math.floor((creditScore - 650) / 10) / 20)),
  currency: market.currency,
});

export const applied = (person: Person, at: number): Act => ({
  at: Math.round(at),
  kind: "track",
  event: "loan.applied",
  properties: offerOf(person),
});

/** The statement of the month, and what the person asks by themselves. */
function asks(life: Life, joinedAt: number): void {
  const { span, person, acts } = life;
  const draws = drawsOf(span.seed, "asks", person.index);
  const isOld = !person.isNewcomer;
  if (isOld) acts.push(statement(life, officeMoment(draws, { ...spanFrom(life, 1), days: 5 })));
  // A newcomer's first week belongs to the documents.
  const firstDay = isOld ? 7 : Math.ceil((joinedAt - span.startsAt) / dayMs) + 8;
  const topics: Topic[] = [
    ...Array.from({ length: isOld ? draws.poisson(design.statement.queriesWithout) : 0 }, () => "statement" as const),
    ...Array.from({ length: draws.poisson(design.chat.questions) }, () => draws.pick(["balance", "payment"] as const)),
  ];
  for (const [index, day] of daysApart(draws, {
    from: firstDay,
    until: span.days - 2,
    count: topics.length,
  }).entries()) {
    const about = topics[index] ?? "balance";
    const at = peoplesMoment(draws, { ...spanFrom(life, day), days: 1 });
    const text = draws.pick(textsAbout(about, person.market.locale));
    const spared = about === "statement" ? { sparedBy: "statement" as const } : {};
    acts.push({ at, kind: "say", text, about, ...spared });
    // The contact centre counts what people ask about, in whatever way they ask.
    acts.push({ at, kind: "track", event: "question.asked", properties: { topic: about }, ...spared });
  }
}

const restDays = 3;

/** Days for so many conversations, in random order: one is over, with its question about how it was, before the next begins. */
function daysApart(draws: Draws, { from, until, count }: { from: number; until: number; count: number }): number[] {
  const phase = draws.whole(0, restDays);
  const slots = Array.from(
    { length: Math.max(0, Math.floor((until - from - phase) / restDays)) },
    (_, slot) => from + phase + slot * restDays,
  );
  const days: number[] = [];
  while (days.length < count && slots.length > 0) days.push(...slots.splice(draws.whole(0, slots.length), 1));
  return days;
}

const statement = ({ person, span }: Life, at: number): Act => {
  const period = new Date(span.startsAt - dayMs).toISOString().slice(0, 7);
  const { market, index } = person;
  const income = Math.round(market.loan / 8 + (index % 97) * (market.loan / 400));
  return {
    at,
    kind: "track",
    event: "statement.ready",
    properties: {
      period,
      documentUrl: `https://bank.example/statements/${period}.pdf`,
      currency: market.currency,
      income,
      spending: Math.round(income * 0.7),
      fees: Math.round(income * 0.004),
    },
  };
};

const spanFrom = ({ span, person }: Life, day: number) => ({
  from: span.startsAt + day * dayMs,
  utcOffset: person.market.utcOffset,
});

const traitsOf = ({ firstName, lastName, phone, market, creditScore }: Person, kycStatus: string) => ({
  firstName,
  lastName,
  phone,
  locale: market.locale,
  timezone: market.zone,
  country: market.country,
  currency: market.currency,
  creditScore,
  kycStatus,
  whatsappConsent: ["service", "marketing"],
});
