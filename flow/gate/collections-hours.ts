import { localClock } from "../local-time.ts";
import type { Hours, Week } from "./quiet-hours.ts";

/** When a country lets a debt be chased: a new rule is a new row. Public holidays are not in it. */
export type CollectionsRule = {
  /** ISO 3166-1. */
  country: string;
  /** "2022-08-12"; the newest that is not later than the day holds. */
  effectiveFrom: string;
  week: Week;
  /** Where it says so. */
  source: string;
};

const day = (from: string, to: string): Hours => ({ from, to });
const every = (hours: Hours): Week => [hours, hours, hours, hours, hours, hours, hours];

export const collectionsRules: readonly CollectionsRule[] = [
  {
    country: "IN",
    effectiveFrom: "2022-08-12",
    week: every(day("08:00", "19:00")),
    source: "Reserve Bank of India, Outsourcing of Financial Services: Recovery Agents, 12 August 2022",
  },
  {
    country: "US",
    effectiveFrom: "2021-11-30",
    week: every(day("08:00", "21:00")),
    source: "Regulation F, 12 CFR 1006.6(b)(1)(i)",
  },
  {
    country: "CO",
    effectiveFrom: "2023-10-10",
    week: [...Array<Hours>(5).fill(day("07:00", "19:00")), day("08:00", "15:00"), null],
    source: "Ley 2300 de 2023, artículo 3",
  },
  {
    country: "CL",
    effectiveFrom: "2021-04-20",
    week: [...Array<Hours>(6).fill(day("08:00", "20:00")), null],
    source: "Ley 19.496, artículo 37, with Ley 21.320",
  },
];

/** The rule of a country on a day ("2026-11-22"); null where none is known. */
export function collectionsRule(country: string | null, day: string): CollectionsRule | null {
  const valid = collectionsRules.filter((rule) => rule.country === country && rule.effectiveFrom <= day);
  return valid.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom))[0] ?? null;
}

/** A workspace's own hours for chasing debts; `days` are 1 (Monday) to 7. */
export type OwnCollections = { hours: Hours; days: readonly number[] };

/** The hours that hold for a person: the workspace's own, made shorter by the rule of the person's country and never longer. */
export function collectionsWeek(own: OwnCollections, country: string | null, now: number, zone: string): Week {
  const rule = collectionsRule(country, localClock(now, zone).day);
  return [1, 2, 3, 4, 5, 6, 7].map((weekday, index) => {
    if (!own.days.includes(weekday)) return null;
    const allowed = rule ? (rule.week[index] ?? null) : own.hours;
    return allowed && overlap(own.hours, allowed);
  });
}

function overlap(a: Hours, b: Hours): Hours | null {
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to < b.to ? a.to : b.to;
  return from < to ? { from, to } : null;
}
