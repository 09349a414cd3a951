"use client";

import { useQuery } from "@tanstack/react-query";
import { ClipboardSignature, Plus, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { repeated } from "#components/ui/in-order.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { FormCard, type FormRow } from "./form-card.tsx";
import { FormEditor } from "./form-editor.tsx";

/** The public pages on which people sign up, with what came of each. */
export function OptInFormsScreen() {
  const t = useTranslations("optInForms");
  const common = useTranslations("common");
  const { can } = useSession();
  const trpc = useTRPC();
  const query = useQuery(trpc.optInForms.list.queryOptions());
  const [editing, setEditing] = useState<FormRow | "new" | null>(null);
  const create = can("edit-opt-in-forms") ? (
    <Button variant="primary" disabled={!query.data} onClick={() => setEditing("new")}>
      <Plus aria-hidden />
      {t("new")}
    </Button>
  ) : null;
  return (
    <Page className="max-w-[1000px]">
      <PageHeader title={t("title")} description={t("description")} actions={create} />
      <div className="mt-4 space-y-3">
        {query.data?.hasNumber === false ? (
          <Callout tone="warning" icon={TriangleAlert}>
            {t("noNumber")}
          </Callout>
        ) : null}
        {query.isPending ? (
          repeated(2, () => <Skeleton className="h-24 w-full rounded-lg" />)
        ) : query.isError ? (
          <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()} />
        ) : query.data.forms.length === 0 ? (
          <EmptyState icon={ClipboardSignature} title={t("emptyTitle")} action={create}>
            {t("emptyBody")}
          </EmptyState>
        ) : (
          <ul className="space-y-3">
            {query.data.forms.map((form) => (
              <FormCard key={form.id} form={form} onEdit={() => setEditing(form)} />
            ))}
          </ul>
        )}
      </div>
      {editing && query.data ? (
        <FormEditor
          form={editing === "new" ? null : editing}
          suggestion={query.data.suggestion}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </Page>
  );
}
