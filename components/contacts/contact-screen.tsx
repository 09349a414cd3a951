"use client";

import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { OctagonMinus } from "lucide-react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AppRouter } from "#server/router.ts";
import { ConsentCard } from "./consent-card.tsx";
import { FlowsCard } from "./flows-card.tsx";
import { ProfileCard } from "./profile-card.tsx";
import { Timeline } from "./timeline.tsx";

export type ContactDetail = inferRouterOutputs<AppRouter>["contacts"]["get"];

const suppressions = ["opt-out", "undeliverable", "blocked"] as const;

/** One person: profile and consent at the left, flows and the timeline at the right. */
export function ContactScreen({ contactId }: { contactId: string }) {
  const t = useTranslations("contacts");
  const trpc = useTRPC();
  const query = useQuery(trpc.contacts.get.queryOptions({ contactId }, { refetchInterval: 4_000, retry: false }));
  if (query.isError) {
    return (
      <Page>
        <ErrorState
          title={query.error.data?.code === "NOT_FOUND" ? t("notFound") : t("failedTitle")}
          retryLabel={t("retry")}
          onRetry={() => query.refetch()}
        />
      </Page>
    );
  }
  if (!query.data) {
    return (
      <Page>
        <Skeleton className="mb-4 h-9 w-64" />
        <div className="grid gap-4 lg:grid-cols-[360px_1fr]">
          <Skeleton className="h-96" />
          <Skeleton className="h-96" />
        </div>
      </Page>
    );
  }
  const { contact } = query.data;
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ") || t("noName");
  const reason = suppressions.find((known) => known === contact.suppressedReason) ?? "other";
  return (
    <Page>
      <div className="mb-4 flex items-center gap-3">
        <Avatar name={name} seed={contact.id} size="large" />
        <PageHeader title={name} description={contact.phone ?? t("noPhone")} />
      </div>
      {contact.suppressedAt ? (
        <Callout tone="danger" icon={OctagonMinus} title={t("neverMessage")} className="mb-4">
          {t("suppressedBecause", { reason: t(`suppressed.${reason}`) })}
        </Callout>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-[360px_1fr]">
        <div className="space-y-4">
          <ProfileCard contact={contact} />
          <ConsentCard detail={query.data} name={name} />
        </div>
        <div className="space-y-4">
          <FlowsCard enrollments={query.data.enrollments} />
          <Timeline items={query.data.timeline} />
        </div>
      </div>
    </Page>
  );
}
