"use client";

import { useTranslations } from "use-intl";
import { Section } from "#components/ui/section.tsx";
import { AnswerField } from "./answer-field.tsx";
import { HoursField } from "./hours-field.tsx";
import type { SectionProps } from "./policy-form.tsx";

/** The hours in which nothing but alerts and answers leaves. */
export function QuietSection({ policy, onChange, problemOf }: SectionProps) {
  const t = useTranslations("settings.quiet");
  return (
    <Section title={t("title")} help={t("help")}>
      <HoursField
        legend={t("title")}
        from={t("from")}
        to={t("to")}
        value={policy.quietHours}
        help={t("none")}
        problem={problemOf("quietHours")}
        onChange={(quietHours) => onChange({ quietHours })}
      />
      <AnswerField
        label={t("answer")}
        value={policy.on.quietHours}
        onChange={(quietHours) => onChange({ on: { ...policy.on, quietHours } })}
      />
    </Section>
  );
}
