"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { SettingsTabs } from "#components/app-shell/settings-tabs.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { KeyDialog } from "./key-dialog.tsx";
import { KeysTable } from "./keys-table.tsx";

/** The keys of machines that send events or read and import by REST. */
export function KeysScreen() {
  const t = useTranslations("accessKeys");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(trpc.accessKeys.list.queryOptions());
  const make = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden />
      {t("make")}
    </Button>
  );
  return (
    <Page className="max-w-[1000px]">
      <SettingsTabs />
      <PageHeader title={t("title")} description={t("description")} actions={make} />
      <div className="mt-4">
        {query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
        ) : (
          <KeysTable
            keys={query.data}
            empty={
              <EmptyState icon={KeyRound} title={t("emptyTitle")}>
                {t("emptyBody")}
              </EmptyState>
            }
          />
        )}
      </div>
      {isMaking ? <KeyDialog onClose={() => setMaking(false)} /> : null}
    </Page>
  );
}
