"use client";

import { useMemo } from "react";
import { useFormatter, useTranslations } from "use-intl";
import type { GateCheck } from "#flow/gate/decide-send.ts";

/**
 * The send gate writes its checks in key words ("granted 2026-11-23", "22:41 Africa/Dakar, in conversation"): this puts them
 * into the person's language and leaves what it does not know, such as numbers and hours, as it is.
 */
export function useCheckWords() {
  const names = useTranslations("checks");
  const words = useTranslations("checkValues");
  const format = useFormatter();
  return useMemo(() => {
    const date = (text: string): string => {
      const moment = new Date(text);
      // A day alone is the same day everywhere.
      return text.length === 10
        ? format.dateTime(moment, { dateStyle: "medium", timeZone: "UTC" })
        : format.dateTime(moment, { dateStyle: "medium", timeStyle: "short" });
    };
    const part = (text: string): string => {
      const whole = text.replaceAll(" ", "-");
      if (words.has(whole)) return words(whole);
      const [, amount, days] = ofSeveralDays.exec(text) ?? [];
      const [, kept] = keptForOthers.exec(text) ?? [];
      if (kept) return words("kept", { count: Number(kept) });
      if (amount && days) return words("ofDays", { amount, days: Number(days) });
      const [first = "", ...rest] = text.split(" ");
      const said = words.has(first) ? words(first) : first;
      return [said, ...rest].map((word) => (isoDate.test(word) ? date(word) : word)).join(" ");
    };
    return {
      name: ({ check }: Pick<GateCheck, "check">): string => (names.has(check) ? names(check) : check),
      /** What was seen or needed; "" for a check that had nothing to look at. */
      value: (text: string): string => text.split(", ").map(part).join(", "),
    };
  }, [names, words, format]);
}

/** "9 in 7 d", "< 10 in 7 d". */
const ofSeveralDays = /^((?:< )?\d+) in (\d+) d$/;
/** "+ 1 kept". */
const keptForOthers = /^\+ (\d+) kept$/;
const isoDate = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/;
