"use client";

import { parseAsString, useQueryStates } from "nuqs";

const names = {
  actor: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  about: parseAsString,
  from: parseAsString,
  until: parseAsString,
};

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text);
const dayMs = 86_400_000;

/** What the log is filtered by: in the address, so that it can be sent to somebody. Days are those of UTC, and the last one is included. */
export function useAuditFilter() {
  const [chosen, choose] = useQueryStates(names);
  const { from, until, ...rest } = chosen;
  const given = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const filter: Filter = {
    ...given,
    ...(isDay(from) ? { from: new Date(`${from}T00:00:00Z`) } : {}),
    ...(isDay(until) ? { until: new Date(Date.parse(`${until}T00:00:00Z`) + dayMs) } : {}),
  };
  return { chosen, choose, filter, isFiltered: Object.keys(filter).length > 0, clear: () => choose(null) };
}

export type Filter = { actor?: string; action?: string; subject?: string; about?: string; from?: Date; until?: Date };
