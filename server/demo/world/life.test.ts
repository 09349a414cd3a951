import { createHash } from "node:crypto";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { readKeyword } from "#flow/gate/opt-out.ts";
import type { Act, Got } from "./act.ts";
import { peoplesMoment } from "./day-rhythm.ts";
import { design } from "./design.ts";
import { drawsOf } from "./draws.ts";
import { type Life, lifeOf } from "./life.ts";
import { markets } from "./markets.ts";
import { personOf } from "./person.ts";
import { isStillMeant, noMemory, react } from "./react.ts";
import { textsAbout } from "./texts.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const span = { seed: 1, startsAt: Date.UTC(2026, 10, 30), days: 28 };
const people = 20_000;
const lives = Array.from({ length: people }, (_, index) => lifeOf(span, index));

const hashOf = (some: readonly Life[]) => createHash("sha256").update(JSON.stringify(some)).digest("hex");

/** The binomial band within which a share lies but for one world in a thousand. */
function expectShare({ x, n }: { x: number; n: number }, share: number) {
  expect(n).toBeGreaterThan(50);
  expect(Math.abs(x / n - share)).toBeLessThan(3.3 * Math.sqrt((share * (1 - share)) / n));
}

describe("people", () => {
  test("the same seed gives the same lives byte for byte, another seed gives others", () => {
    const again = Array.from({ length: 500 }, (_, index) => lifeOf(span, index));
    expect(hashOf(again)).toBe(hashOf(lives.slice(0, 500)));
    const others = Array.from({ length: 500 }, (_, index) => lifeOf({ ...span, seed: 2 }, index));
    expect(hashOf(others)).not.toBe(hashOf(again));
  });

  test("everybody's number is their own, valid in its country, and none with which the sandbox does something of its own", () => {
    const numbers = new Set<string>();
    for (const { person } of lives) {
      const parsed = parsePhoneNumberFromString(person.phone);
      expect(parsed?.isValid() && parsed.country, person.phone).toBe(person.market.country);
      expect(person.phone).not.toMatch(/0\d{3}$/);
      numbers.add(person.phone);
    }
    expect(numbers.size).toBe(people);
    for (const index of [49_999, 99_999])
      expect(parsePhoneNumberFromString(personOf(1, index).phone)?.isValid()).toBe(true);
  });

  test.each(markets.map((market) => [market.country, market] as const))("%s has its share", (_, market) => {
    expectShare({ x: lives.filter((life) => life.person.market === market).length, n: people }, market.share / 100);
  });
});

describe("days", () => {
  test("what happens lies within the world, in the order of time, and nobody does anything before the bank knows them", () => {
    for (const { acts } of lives.slice(0, 3_000)) {
      expect(acts[0]?.kind).toBe("identify");
      expect(acts.map((act) => act.at)).toEqual(acts.map((act) => act.at).toSorted((a, b) => a - b));
      expect(acts.every(({ at }) => at >= span.startsAt && at < span.startsAt + span.days * dayMs)).toBe(true);
    }
  });

  test("more happens by day than at night, and on working days than on Sundays", () => {
    const draws = drawsOf(1, "rhythm");
    const at = Array.from(
      { length: 20_000 },
      () => new Date(peoplesMoment(draws, { from: span.startsAt, days: 28, utcOffset: 0 })),
    );
    const during = (from: number, to: number) =>
      at.filter((each) => each.getUTCHours() >= from && each.getUTCHours() < to).length;
    expect(during(18, 21)).toBeGreaterThan(10 * during(2, 5));
    const on = (day: number) => at.filter((each) => each.getUTCDay() === day).length;
    expect(on(5)).toBeGreaterThan(1.6 * on(0));
  });

  test("a conversation is over before the same person begins the next one", () => {
    for (const { acts } of lives) {
      const asked = acts.filter((act) => act.kind === "say").map((act) => act.at);
      for (const [index, at] of asked.slice(1).entries()) expect(at - (asked[index] ?? 0)).toBeGreaterThan(2 * dayMs);
    }
  });
});

describe("what people write", () => {
  test.each(["es", "pt_BR"] as const)("in %s STOP is understood as such, and nothing else is", (locale) => {
    for (const text of textsAbout("stop", locale)) expect(readKeyword(text)).toBe("stop");
    for (const topic of ["balance", "payment", "statement", "other"] as const)
      for (const text of textsAbout(topic, locale)) expect(readKeyword(text)).toBeNull();
  });
});

const message = (template: string | null, at: number, n: number): Got => ({
  wamid: `w${n}`,
  at,
  template,
  buttons: [
    { id: "", kind: "link" },
    { id: "", kind: "answer" },
  ],
});

/** A bank without an engine: what is sent, arrives as often as the design says. What they do is all that happens to them. */
function livedWith(life: Life, sent: readonly { template: string; afterMs: number }[], begin: string): Act[] {
  const memory = noMemory();
  const opening = life.acts.find((act) => act.kind === "track" && act.event === begin);
  if (!opening) return [];
  const network = drawsOf(9, "network", life.person.index);
  const acts: Act[] = [];
  for (const [n, { template, afterMs }] of sent.entries())
    if (!network.chance(design.phones.unreachable))
      acts.push(...react(life, memory, message(template, opening.at + afterMs, n)));
  return [...life.acts.filter((act) => isStillMeant(life, memory, act)), ...acts];
}

const has = (acts: readonly Act[], event: string) => acts.some((act) => act.kind === "track" && act.event === event);
const openedBy = (event: string) => lives.filter(({ acts }) => has(acts, event));
const converted = (
  some: readonly Life[],
  sent: { template: string; afterMs: number }[],
  [begin, event]: [string, string],
) => ({
  x: some.filter((life) => has(livedWith(life, sent, begin), event)).length,
  n: some.length,
});

describe("among all who are assigned, reached or not, the design comes out", () => {
  const reminders = [
    { template: "kyc_reminder_1", afterMs: 0 },
    { template: "kyc_reminder_2", afterMs: 24 * hourMs },
  ];
  const offers = (first: string) => [
    { template: first, afterMs: 0 },
    { template: "loan_reminder", afterMs: 48 * hourMs },
  ];
  const kyc: [string, string] = ["kyc.incomplete", "kyc.completed"];
  const loan: [string, string] = ["credit.scored", "loan.applied"];

  test.each([
    ["documents without a reminder", [], kyc, design.kyc.alone],
    ["documents with reminders", reminders, kyc, design.kyc.reminded],
    ["loans without an offer", [], loan, design.loan.alone],
    ["loans by the control", offers("loan_offer_apply"), loan, design.loan.control],
    ["loans by the variant", offers("loan_offer_get"), loan, design.loan.variant],
  ])("%s", (_, sent, events, share) => {
    expectShare(converted(openedBy(events[0]), sent, events), share);
  });

  test.each([
    ["nobody who got a statement", [], design.statement.queriesWithout],
    ["who got a statement", [{ template: "statement_ready", afterMs: 0 }], design.statement.queriesPushed],
  ])("questions about it of %s", (_, sent, each) => {
    const some = openedBy("statement.ready");
    const asked = some.map(
      (life) =>
        livedWith(life, sent, "statement.ready").filter((act) => act.kind === "say" && act.about === "statement")
          .length,
    );
    const mean = asked.reduce((sum, count) => sum + count, 0) / some.length;
    expect(Math.abs(mean - each)).toBeLessThan(3.3 * Math.sqrt(each / some.length));
  });

  test("whoever is moved acts while the flow still waits: within three days of what moved them, and once", () => {
    for (const life of openedBy("credit.scored").slice(0, 4_000)) {
      const memory = noMemory();
      const acts = ["loan_offer_get", "loan_reminder"].flatMap((template, n) =>
        react(life, memory, message(template, n * 48 * hourMs, n)),
      );
      const applied = acts.filter((act) => act.kind === "track");
      expect(applied.length).toBeLessThanOrEqual(1);
      for (const act of applied) expect(act.at).toBeLessThan(72 * hourMs);
    }
  });
});
