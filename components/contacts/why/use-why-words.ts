"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { AppRouter } from "#server/router.ts";
import { useRuleWords } from "./use-rule-words.ts";

export type Answer = inferRouterOutputs<AppRouter>["explain"]["contact"];
export type FlowAnswer = Answer["flows"][number];
export type Attempt = FlowAnswer["attempts"][number];
export type Enrollment = NonNullable<Attempt["enrollment"]>;
export type Step = Enrollment["path"][number];
export type Message = Enrollment["messages"][number];
export type Line = Attempt["rules"][number];

/** The flow an attempt belongs to, and how the person is called in a sentence. */
export type Subject = { flow: FlowAnswer; name: string; flowNames: ReadonlyMap<string, string>; contactId: string };

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Puts an answer into words: steps, handles, rules, refusals, times. Screen and copied text say the same by it. */
export function useWhyWords() {
  const t = useTranslations("why");
  const nodes = useTranslations("nodes");
  const rules = useRuleWords();
  const ends = useTranslations("endReasons");
  const reasons = useTranslations("reasons");
  const format = useFormatter();
  return useMemo(() => {
    const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const moment = (at: Date) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short", ...hour });
    // A day alone is the same day everywhere.
    const dayText = (day: string) =>
      format.dateTime(new Date(day), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
    const stepTitle = ({ title, type }: { title: string | null; type: string }): string =>
      title ?? (nodes.has(`${type}.title`) ? nodes(`${type}.title`) : type);
    /** Which day, or days, a cap counted. Null: no cap. */
    const daysOf = ({ capDays }: Message): string | null => {
      if (!capDays) return null;
      const [from, to] = [dayText(capDays.from), dayText(capDays.to)];
      return capDays.from === capDays.to ? t("capDay", { day: to }) : t("capDays", { from, to });
    };
    const capped = ({ flowName, template, at, sharedWith }: Message["cappedBy"][number]): string =>
      t(sharedWith === null ? "cappedByOne" : "cappedByOther", {
        name: flowName ?? template ?? t("otherMessages"),
        date: moment(at),
      });
    type ReEntry = NonNullable<Attempt["reEntry"]>;
    const reEntryNeeds = ({ mode, days }: ReEntry): string => t(`reEntryNeeds.${mode}`, { days: days ?? 0 });
    const reEntryHad = ({ insideSince, lastEnteredAt }: ReEntry): string => {
      if (insideSince) return t("reEntryHad.inside", { date: moment(insideSince) });
      return lastEnteredAt ? t("reEntryHad.last", { date: moment(lastEnteredAt) }) : t("reEntryHad.never");
    };
    /** The way a step was left by, in the words of the canvas. */
    const wayOut = ({ handle, movedTo }: Step): string => {
      if (!handle && movedTo !== null) return t("movedTo", { number: movedTo });
      if (!handle) return t("goTo");
      if (handle.text) return handle.text;
      if (handle.label && nodes.has(handle.label.key)) return nodes(handle.label.key, handle.label.values);
      return handle.id === "next" ? nodes("next").toLowerCase() : handle.id;
    };
    return {
      moment,
      time: (at: Date) => format.dateTime(at, { weekday: "short", ...hour }),
      stepTitle,
      ...rules,
      source: (line: Line, { flowNames }: Subject): string => {
        const [source = ""] = line.test?.path.split(".") ?? [];
        if (line.asOf === "now") return t("asNow");
        const { setBy } = line;
        if (!setBy) return t.has(`sources.${source}`) ? t(`sources.${source}`) : "";
        const date = moment(setBy.at);
        return setBy.kind === "identify"
          ? t("setByIdentify", { date })
          : t("setByFlow", { flow: flowNames.get(setBy.flowId) ?? t("aFlow"), date });
      },
      /** The way a step was left by, and why another flow did not start there. */
      handle: (step: Step): string => {
        const why = typeof step.detail.reason === "string" ? `notStarted.${step.detail.reason}` : "";
        return t.has(why) ? `${wayOut(step)}: ${t(why)}` : wayOut(step);
      },
      duration: (ms: number): string => {
        const [days, hours, minutes] = [ms / dayMs, (ms % dayMs) / hourMs, (ms % hourMs) / minuteMs].map(Math.floor);
        if (days) return t("durations.days", { days, hours: hours ?? 0 });
        if (hours) return t("durations.hours", { hours, minutes: minutes ?? 0 });
        if (minutes) return t("durations.minutes", { minutes });
        return t("durations.seconds", { seconds: Math.floor(ms / secondMs) });
      },
      ending: ({ endReason, endedAt, endNote }: Enrollment): string => {
        const reason = endReason && ends.has(endReason) ? ends(endReason) : (endReason ?? "");
        return t("ended", { reason: endNote ? `${reason}: ${endNote}` : reason, date: endedAt ? moment(endedAt) : "" });
      },
      messageTitle: ({ step, template, type }: Message): string => (step ? stepTitle(step) : (template ?? type)),
      reason: (reason: string): string => (reasons.has(reason) ? reasons(reason) : reason),
      capDays: daysOf,
      capped,
      cappedByText: (message: Message): string => {
        const days = daysOf(message);
        if (days === null || message.cappedBy.length === 0) return "";
        const named = message.cappedBy.map(capped);
        const messages = message.hasMoreCappedBy ? [...named, t("cappedByMore")] : named;
        return t("cappedByText", { days, messages: messages.join("; ") });
      },
      reEntryNeeds,
      reEntryHad,
      /** Why the event did not let the person in, in one or two sentences. */
      refusal: (attempt: Attempt, name: string): string => {
        const { refusal } = attempt;
        if (!refusal) return "";
        const failures = rules.failures(attempt);
        const { reEntry } = attempt;
        const said = t(`refusal.${refusal.reason}`, {
          name,
          count: failures.length,
          rules: failures.join("; "),
          needs: reEntry ? reEntryNeeds(reEntry) : "",
          had: reEntry ? reEntryHad(reEntry) : "",
          path: refusal.reason === "no-key" ? refusal.path : "",
          error: refusal.reason === "failed" ? refusal.error : "",
        });
        if (!("since" in refusal) || !refusal.since) return said;
        const key = refusal.reason === "not-published" ? "refusal.published" : "refusal.since";
        return `${said} ${t(key, { date: moment(refusal.since) })}`;
      },
    };
  }, [t, nodes, rules, ends, reasons, format]);
}

export type WhyWords = ReturnType<typeof useWhyWords>;
