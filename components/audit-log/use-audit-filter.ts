"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { useSession } from "#components/session/session-provider.tsx";
import { addDays, localMoment } from "#flow/local-time.ts";

const names = {
  actor: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  about: parseAsString,
  from: parseAsString,
  until: parseAsString,
};

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;

/**
 * What the log is filtered by: in the address, so that it can be sent to somebody. Days begin by the workspace's clock, as the times in
 * the table are told, and the last one is included.
 */
export function useAuditFilter() {
  const { timezone } = useSession().workspace;
  const startOf = (day: string) => new Date(localMoment(day, "00:00", timezone));
  const [chosen, choose] = useQueryStates(names);
  const { from, until, ...rest } = chosen;
  const given = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  const filter: Filter = {
    ...given,
    ...(isDay(from) ? { from: startOf(from) } : {}),
    ...(isDay(until) ? { until: startOf(addDays(until, 1)) } : {}),
  };
  return { chosen, choose, filter, isFiltered: Object.keys(filter).length > 0, clear: () => choose(null) };
}

export type Filter = { actor?: string; action?: string; subject?: string; about?: string; from?: Date; until?: Date };
