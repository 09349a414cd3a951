"use client";

import { CircleCheck, CircleX } from "lucide-react";
import { useTranslations } from "use-intl";
import { useCases } from "./use-cases.ts";
import { useOutcomeWords } from "./use-outcome-words.ts";

/** For who publishes: whether the test cases pass, and what of each failed one came out otherwise. Nothing without cases. */
export function CasesState() {
  const t = useTranslations("flowEditor.test.cases");
  const words = useOutcomeWords();
  const { cases, failing } = useCases();
  if (cases.length === 0) return null;
  const Icon = failing.length === 0 ? CircleCheck : CircleX;
  return (
    <div className="text-sm">
      <p className={`flex items-center gap-2 ${failing.length > 0 ? "text-danger" : ""}`}>
        <Icon aria-hidden className={`size-4 shrink-0 ${failing.length === 0 ? "text-success" : ""}`} />
        {t("passLong", { passing: cases.length - failing.length, all: cases.length })}
      </p>
      <ul className="mt-1 ml-6 space-y-1 text-xs">
        {failing.flatMap(({ id, name, differences }) =>
          differences.map(({ outcome, expected, actual }) => (
            <li key={`${id} ${outcome}`}>
              {t("cameOut", {
                name,
                outcome: words.name(outcome),
                expected: words.value(outcome, expected),
                actual: words.value(outcome, actual),
              })}
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
