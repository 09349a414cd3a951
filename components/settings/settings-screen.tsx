"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import { useTranslations } from "use-intl";
import { SettingsTabs } from "#components/app-shell/settings-tabs.tsx";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { PolicyForm } from "./policy-form.tsx";
import { PolicySkeleton } from "./policy-skeleton.tsx";
import { SuppressionCard } from "./suppression-card.tsx";

/** The workspace's rules for what leaves. Everybody may read them; an owner changes them, after seeing whom that touches. */
export function SettingsScreen() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const { can } = useSession();
  const trpc = useTRPC();
  const query = useQuery(trpc.settings.read.queryOptions());
  const isOwner = can("manage-workspace");
  return (
    <Page className="max-w-[1000px]">
      <SettingsTabs />
      <PageHeader title={t("title")} description={t("description")} />
      {isOwner ? null : (
        <Callout tone="neutral" icon={Lock} className="mt-4">
          {t("readOnly")}
        </Callout>
      )}
      <div className="mt-4 space-y-3">
        {query.isPending ? (
          <PolicySkeleton />
        ) : query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()}>
            {t("failedBody")}
          </ErrorState>
        ) : (
          <PolicyForm key={JSON.stringify(query.data.policy)} settings={query.data} isReadOnly={!isOwner} />
        )}
        {isOwner ? <SuppressionCard /> : null}
      </div>
    </Page>
  );
}
