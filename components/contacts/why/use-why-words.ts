"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Json } from "#flow/json.ts";
import type { AppRouter } from "#server/router.ts";

export type Answer = inferRouterOutputs<AppRouter>["explain"]["contact"];
export type FlowAnswer = Answer["flows"][number];
export type Attempt = FlowAnswer["attempts"][number];
export type Enrollment = NonNullable<Attempt["enrollment"]>;
export type Step = Enrollment["path"][number];
export type Message = Enrollment["messages"][number];
export type Line = Attempt["rules"][number];

/** The flow an attempt belongs to, and how the person is called in a sentence. */
export type Subject = { flow: FlowAnswer; name: string; flowNames: ReadonlyMap<string, string> };

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Puts an answer into words: steps, handles, rules, refusals, times. Screen and copied text say the same by it. */
export function useWhyWords() {
  const t = useTranslations("why");
  const nodes = useTranslations("nodes");
  const operators = useTranslations("flowEditor.rule.operators");
  const ends = useTranslations("endReasons");
  const reasons = useTranslations("reasons");
  const format = useFormatter();
  return useMemo(() => {
    const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const moment = (at: Date) => format.dateTime(at, { weekday: "short", day: "numeric", month: "short", ...hour });
    const stepTitle = ({ title, type }: { title: string | null; type: string }): string =>
      title ?? (nodes.has(`${type}.title`) ? nodes(`${type}.title`) : type);
    const value = (given: Json): string => {
      if (given === null) return t("nothing");
      if (typeof given === "boolean") return t(given ? "yes" : "no");
      if (Array.isArray(given)) return given.map(value).join(", ");
      return typeof given === "object" ? JSON.stringify(given) : String(given);
    };
    const ruleName = ({ test, group }: Line): string =>
      test ? readableName(test.path.split(".").slice(1).join(".")) : group ? t(`groups.${group}`) : "";
    const needs = ({ test, isNegated }: Line): string => {
      if (!test) return "";
      const plain = [operators(test.op), isUnary(test.op) ? "" : value(test.value ?? null)].filter(Boolean).join(" ");
      return isNegated ? t("not", { needs: plain }) : plain;
    };
    const failing = (attempt: Attempt) => attempt.rules.filter((line) => line.test && line.verdict === "fails");
    return {
      moment,
      time: (at: Date) => format.dateTime(at, { weekday: "short", ...hour }),
      stepTitle,
      value,
      ruleName,
      needs,
      failing,
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
      /** The way a step was left by, in the words of the canvas. */
      handle: ({ handle }: Step): string => {
        if (!handle) return t("goTo");
        if (handle.text) return handle.text;
        if (handle.label && nodes.has(handle.label.key)) return nodes(handle.label.key, handle.label.values);
        return handle.id === "next" ? nodes("next").toLowerCase() : handle.id;
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
      reason: (reason: string): string => (reasons.has(reason) ? reasons(reason) : reason),
      cappedBy: ({ cappedBy }: Message): string =>
        cappedBy.length === 0
          ? ""
          : t("cappedBy", {
              messages: cappedBy
                .map((one) => t("cappedByOne", { name: one.flowName ?? one.template ?? "", date: moment(one.at) }))
                .join(", "),
            }),
      reEntryNeeds: ({ mode, days }: NonNullable<Attempt["reEntry"]>): string =>
        t(`reEntryNeeds.${mode}`, { days: days ?? 0 }),
      reEntryHad: ({ insideSince, lastEnteredAt }: NonNullable<Attempt["reEntry"]>): string => {
        if (insideSince) return t("reEntryHad.inside", { date: moment(insideSince) });
        return lastEnteredAt ? t("reEntryHad.last", { date: moment(lastEnteredAt) }) : t("reEntryHad.never");
      },
      /** Why the event did not let the person in, in one or two sentences. */
      refusal: (attempt: Attempt, name: string): string => {
        const { refusal } = attempt;
        if (!refusal) return "";
        const failed = failing(attempt);
        const rules = failed.map((line) =>
          t("ruleFailed", { rule: ruleName(line), needs: needs(line), actual: value(line.actual) }),
        );
        const said = t(`refusal.${refusal.reason}`, {
          name,
          count: failed.length,
          rules: rules.join("; "),
          path: refusal.reason === "no-key" ? refusal.path : "",
          error: refusal.reason === "failed" ? refusal.error : "",
        });
        if (!("since" in refusal) || !refusal.since) return said;
        const key = refusal.reason === "not-published" ? "refusal.published" : "refusal.since";
        return `${said} ${t(key, { date: moment(refusal.since) })}`;
      },
    };
  }, [t, nodes, operators, ends, reasons, format]);
}

export type WhyWords = ReturnType<typeof useWhyWords>;

const isUnary = (op: string): boolean => op === "exists" || op === "notExists";

/** "kycLevel" as people read it: "Kyc level". */
function readableName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[._-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
