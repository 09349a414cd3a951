"use client";

import type { inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { SendPolicy } from "#flow/gate/policy.ts";
import type { AppRouter } from "#server/router.ts";
import { BudgetSection } from "./budget-section.tsx";
import { CapSection } from "./cap-section.tsx";
import { CollectionsSection } from "./collections-section.tsx";
import { ConsentSection } from "./consent-section.tsx";
import { KeywordsSection } from "./keywords-section.tsx";
import { QuietSection } from "./quiet-section.tsx";
import { ReviewDialog } from "./review-dialog.tsx";

export type Settings = inferRouterOutputs<AppRouter>["settings"]["read"];

/** What a section works with: the draft, how to change it, and what is wrong by field ("collections.hours.to"). */
export type SectionProps = {
  policy: SendPolicy;
  onChange: (change: Partial<SendPolicy>) => void;
  problemOf: (field: string) => string | undefined;
  settings: Settings;
};

/** A draft of the policy until it is reviewed and saved; nothing changes while one types. */
export function PolicyForm({ settings, isReadOnly }: { settings: Settings; isReadOnly: boolean }) {
  const t = useTranslations("settings");
  const problems = useTranslations("settings.problems");
  const [draft, setDraft] = useState<SendPolicy>(settings.policy);
  const [isReviewing, setReviewing] = useState(false);
  const parsed = SendPolicy.safeParse(draft);
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join(".")));
  const problemOf = (field: string) => {
    // A dot in a key of the texts would lead deeper.
    const key = field.replaceAll(".", "_");
    return wrong.has(field) ? problems(problems.has(key) ? key : "other") : undefined;
  };
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings.policy);
  const props: SectionProps = {
    policy: draft,
    onChange: (change) => setDraft((before) => ({ ...before, ...change })),
    problemOf,
    settings,
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged && parsed.success) setReviewing(true);
      }}
    >
      <fieldset disabled={isReadOnly} className="min-w-0 space-y-3">
        <CapSection {...props} />
        <QuietSection {...props} />
        <CollectionsSection {...props} />
        <BudgetSection {...props} />
        <ConsentSection {...props} />
        <KeywordsSection {...props} />
      </fieldset>
      {isChanged ? (
        <div className="floating sticky bottom-4 z-20 mt-3 flex flex-wrap items-center gap-2 rounded-lg border border-border bg-raised px-4 py-2.5">
          <p className="min-w-0 flex-1 text-sm" role="status">
            {wrong.size > 0 ? t("fixFirst", { count: wrong.size }) : t("unsaved")}
          </p>
          <Button onClick={() => setDraft(settings.policy)}>{t("discard")}</Button>
          <Button type="submit" variant="primary" disabled={!parsed.success}>
            {t("review")}
          </Button>
        </div>
      ) : null}
      {isReviewing ? <ReviewDialog policy={draft} onClose={() => setReviewing(false)} /> : null}
    </form>
  );
}
