"use client";

import { useTranslations } from "use-intl";
import { ErrorState } from "#components/ui/error-state.tsx";

/** A page that could not be made: the rail stays, and one may try again. */
export default function WorkspaceError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <div className="p-6">
      <ErrorState title={t("failed")} retryLabel={t("retry")} onRetry={reset}>
        {t("networkFailed")}
      </ErrorState>
    </div>
  );
}
