"use client";

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { addDays } from "#flow/local-time.ts";
import { metricIds } from "#flow/metric.ts";

export const spans = [1, 7, 28, 90] as const;
export const usualSpan = 28;
const mostDays = 366;
export const breakdowns = ["flow", "step", "version", "template", "language", "country", "channel"] as const;
export type By = (typeof breakdowns)[number];

/** Steps and versions are a flow's own: with one they are told apart, and without one flows are. */
export const isWithinFlow = (by: By): boolean => by === "step" || by === "version";
export const breakdownsFor = (hasFlow: boolean): readonly By[] =>
  breakdowns.filter((by) => (hasFlow ? by !== "flow" : !isWithinFlow(by)));

const address = {
  days: parseAsInteger,
  from: parseAsString,
  until: parseAsString,
  flow: parseAsString,
  step: parseAsString,
  version: parseAsString,
  template: parseAsString,
  language: parseAsString,
  country: parseAsString,
  channel: parseAsString,
  metric: parseAsStringLiteral(metricIds).withDefault("conversion"),
  by: parseAsStringLiteral(breakdowns).withDefault("flow"),
};

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
const isId = (text: string | null): text is string => text !== null && /^[0-9a-f-]{36}$/.test(text);

/**
 * What is looked at, kept in the address, so that it can be sent to somebody. `today` is the workspace's; what nobody could ask for is
 * left out.
 */
export function useDashboardFilter(today: string) {
  const [chosen, choose] = useQueryStates(address, { history: "replace" });
  const { from, until, flow, step, version, template, language, country, channel } = chosen;
  const days = chosen.days !== null && chosen.days >= 1 && chosen.days <= mostDays ? chosen.days : usualSpan;
  const isCustom = isDay(from) && isDay(until) && from <= until && until < addDays(from, mostDays);
  const period = isCustom ? { from, until } : { from: addDays(today, 1 - days), until: today };
  const filter = {
    ...period,
    ...(isId(flow) && { flowId: flow }),
    ...(isId(flow) && step && step.length <= 64 && { nodeId: step }),
    ...(isId(flow) && isId(version) && { versionId: version }),
    ...(template && { template }),
    ...(language && { language }),
    ...(country && /^[A-Z]{2}$/.test(country) && { country }),
    ...(isId(channel) && { channelId: channel }),
  };
  const hasFlow = isId(flow);
  const by = breakdownsFor(hasFlow).includes(chosen.by) ? chosen.by : hasFlow ? "step" : "flow";
  /** Another flow has other steps. */
  const filterBy = (what: By, id: string | null) =>
    choose(what === "flow" ? { flow: id, step: null, version: null } : { [what]: id });
  return { filter, period, span: isCustom ? null : days, chosen: { ...chosen, by }, choose, filterBy, today };
}

export type DashboardAddress = ReturnType<typeof useDashboardFilter>;
export type Filter = DashboardAddress["filter"];
