"use client";

import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { Json } from "#flow/json.ts";
import { type Failure, failuresOf, mustBe, ruleTree } from "./rule-tree.ts";
import type { Attempt, Line } from "./use-why-words.ts";

/** Puts the entry rules into words, as one line of a table and as a sentence to be read out on the phone. */
export function useRuleWords() {
  const t = useTranslations("why");
  const operators = useTranslations("ruleBuilder.operators");
  return useMemo(() => {
    const value = (given: Json): string => {
      if (given === null) return t("nothing");
      if (typeof given === "boolean") return t(given ? "yes" : "no");
      if (Array.isArray(given)) return given.map(value).join(", ");
      return typeof given === "object" ? JSON.stringify(given) : String(given);
    };
    const ruleName = ({ test, group }: Pick<Line, "test" | "group">): string =>
      test ? readableName(test.path.split(".").slice(1).join(".")) : group ? t(`groups.${group}`) : "";
    const needs = ({ test, isNegated }: Line): string => {
      if (!test) return "";
      const plain = [operators(test.op), isUnary(test.op) ? "" : value(test.value ?? null)].filter(Boolean).join(" ");
      return isNegated ? t("not", { needs: plain }) : plain;
    };
    const failure = (given: Failure<Line>): string => {
      if (given.kind === "one-of") return t("oneOf", { rules: given.parts.map(failure).join("; ") });
      const { test, actual, isNegated } = given.line;
      if (!test) return "";
      const needed = t(`mustBe.${mustBe({ op: test.op, isNegated })}`, { value: value(test.value ?? null) });
      const rule = ruleName(given.line);
      return actual === null
        ? t("ruleFailedUnknown", { rule, needed })
        : t("ruleFailed", { rule, needed, actual: value(actual) });
    };
    return {
      value,
      ruleName,
      needs,
      failing: (attempt: Attempt) => attempt.rules.filter((line) => line.test && line.verdict === "fails"),
      /** What stood in the way, one sentence part each, with what was needed and what was there. */
      failures: (attempt: Attempt): string[] => failuresOf(ruleTree(attempt.rules)).map(failure),
    };
  }, [t, operators]);
}

const isUnary = (op: string): boolean => op === "exists" || op === "notExists";

/** "kycLevel" as people read it: "Kyc level". */
function readableName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[._-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
