"use client";

import { useCallback } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { Json } from "#flow/json.ts";
import { localMoment } from "#flow/local-time.ts";
import { minorUnitDigits } from "#flow/minor-units.ts";
import type { Rule } from "#flow/rule.ts";
import { countOf } from "#flow/segment/segment-rule.ts";
import { asGroup, type Line, lineOf } from "./rule-edits.ts";
import { shownValue } from "./typed-value.ts";
import { needsValue, type RuleField } from "./value-kind.ts";

const ownWords: Partial<Record<RuleField["kind"], string>> = {
  day: "dateOperators",
  moment: "dateOperators",
  list: "listOperators",
  consent: "consentOperators",
  count: "countOperators",
};

/** How a comparison is said of a kind of value: dates are before and after, numbers more and less. */
export function useOperatorWords() {
  const t = useTranslations("ruleBuilder");
  return useCallback(
    (op: Line["op"], kind: RuleField["kind"]): string => {
      const own = `${ownWords[kind] ?? "operators"}.${op}`;
      return t.has(own) ? t(own) : t(`operators.${op}`);
    },
    [t],
  );
}

/** A value as it is read: an amount with its currency, a date in words, yes or no. */
export function useValueText() {
  const t = useTranslations("ruleBuilder");
  const format = useFormatter();
  return useCallback(
    (value: Json | undefined, field: RuleField, zone: string): string => {
      if (Array.isArray(value))
        return format.list(
          value.map((part) => one(part)),
          { type: "disjunction" },
        );
      return one(value);

      function one(part: Json | undefined): string {
        if (typeof part === "string" && field.valueWords?.[part]) return field.valueWords[part];
        if (field.kind === "consent" && typeof part === "string" && t.has(`consents.${part}`))
          return t(`consents.${part}`);
        if (typeof part === "boolean") return t(part ? "true" : "false");
        if (typeof part === "number" && field.kind === "money" && field.currency) {
          const whole = part / 10 ** minorUnitDigits(field.currency);
          return format.number(whole, {
            style: "currency",
            currency: field.currency,
            minimumFractionDigits: Number.isInteger(whole) ? 0 : undefined,
          });
        }
        if (typeof part === "number") return format.number(part);
        if (typeof part === "string" && field.kind === "day" && /^\d{4}-\d\d-\d\d$/.test(part))
          return format.dateTime(new Date(`${part}T12:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
        if (typeof part === "string" && field.kind === "moment") {
          const [day = "", time] = shownValue(part, field, zone).split("T");
          if (time)
            return format.dateTime(new Date(localMoment(day, time, zone)), {
              dateStyle: "medium",
              ...(time === "00:00" ? {} : { timeStyle: "short" as const }),
              timeZone: zone,
            });
        }
        return shownValue(part, field, zone);
      }
    },
    [t, format],
  );
}

/** A rule as one sentence: "credit score is at least 680, and any of: tags contain salary, or country is CI". */
export function useRuleSentence() {
  const t = useTranslations("ruleBuilder");
  const operatorWords = useOperatorWords();
  const valueText = useValueText();
  return useCallback(
    (root: Rule, fieldOf: (path: string) => RuleField, zone: string): string => {
      const say = (rule: Rule, isInside: boolean): string => {
        const line = lineOf(rule);
        if (line) {
          if (line.path === "") return t("unfinished");
          const field = fieldOf(line.path);
          const words = [field.label, operatorWords(line.op, field.kind)];
          if (needsValue(line.op)) words.push(valueText(line.value, field, zone) || "…");
          const counted = countOf(line.path);
          if (counted) words.push(t("times.sentence", { count: Number(line.value) || 0, days: counted.days }));
          return words.join(" ");
        }
        const { kind, rules } = asGroup(rule);
        if (rules.length === 0) return t(kind === "any" ? "nobody" : "everybody");
        const parts = rules.map((part) => say(part, true)).join(t(kind === "any" ? "sentenceOr" : "sentenceAnd"));
        if (kind === "none")
          return t("sentenceNone", { parts: rules.map((part) => say(part, true)).join(t("sentenceOr")) });
        return isInside && rules.length > 1 ? t("sentenceGroup", { parts }) : parts;
      };
      return say(root, false);
    },
    [t, operatorWords, valueText],
  );
}
