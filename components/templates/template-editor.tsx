"use client";

import { useQuery } from "@tanstack/react-query";
import { LayoutTemplate } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { TemplateStudio } from "./template-studio.tsx";

const isUnsettled = (status: string): boolean => ["submitted", "paused", "disabled"].includes(status);

/** Loads the template; says so when there is none or when it could not be read. */
export function TemplateEditor({ templateId }: { templateId: string }) {
  const t = useTranslations("templates.editor");
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.templates.get.queryOptions({ templateId }),
    // While the provider reviews, its answer may come any moment; while it stops a text, people come to hold for it.
    refetchInterval: ({ state }) => (state.data?.languages.some((one) => isUnsettled(one.status)) ? 3_000 : false),
  });
  if (query.data) return <TemplateStudio key={query.data.id} template={query.data} />;
  if (query.error?.data?.code === "NOT_FOUND" || query.error?.data?.code === "BAD_REQUEST") {
    return (
      <Page>
        <EmptyState
          icon={LayoutTemplate}
          title={t("missingTitle")}
          action={
            <Button asChild>
              <Link href="/templates">{t("toList")}</Link>
            </Button>
          }
        >
          {t("missingBody")}
        </EmptyState>
      </Page>
    );
  }
  if (query.isError) {
    return (
      <Page>
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
      </Page>
    );
  }
  return (
    <Page className="grid gap-6 lg:grid-cols-[488px_1fr]">
      <Skeleton className="h-[600px]" />
      <Skeleton className="h-[600px]" />
    </Page>
  );
}
