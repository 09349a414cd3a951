"use client";

import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { OctagonMinus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LinkTabs } from "#components/ui/link-tabs.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { AppRouter } from "#server/router.ts";
import { EraseContact } from "./erase-contact.tsx";
import { useSuppressionWords } from "./use-suppression-words.ts";

export type ContactDetail = inferRouterOutputs<AppRouter>["contacts"]["get"];

type ContactFrameProps = {
  contactId: string;
  current: "profile" | "why";
  /** What stands below the tabs, once the person is known. */
  children: (detail: ContactDetail, name: string) => ReactNode;
  /** In its place until then. */
  skeleton: ReactNode;
};

/** The head of a person's pages: who it is, what keeps messages from them, and the tabs. */
export function ContactFrame({ contactId, current, children, skeleton }: ContactFrameProps) {
  const t = useTranslations("contacts");
  const why = useTranslations("why");
  const because = useSuppressionWords();
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
        {skeleton}
      </Page>
    );
  }
  const { contact } = query.data;
  const name = [contact.firstName, contact.lastName].filter(Boolean).join(" ") || t("noName");
  return (
    <Page>
      <div className="mb-3 flex items-center gap-3">
        <Avatar name={name} seed={contact.id} size="large" />
        <PageHeader
          title={name}
          description={[contact.externalId, contact.phone ?? t("noPhone")].filter(Boolean).join(" · ")}
          className="flex-1"
          actions={
            <div className="print:hidden">
              <EraseContact contactId={contactId} name={name} />
            </div>
          }
        />
      </div>
      <LinkTabs
        label={why("sections")}
        tabs={[
          { href: `/contacts/${contactId}`, label: t("profile"), isCurrent: current === "profile" },
          { href: `/contacts/${contactId}/why`, label: why("title"), isCurrent: current === "why" },
        ]}
        className="mb-4 print:hidden"
      />
      {contact.suppressedAt || query.data.isListed ? (
        <Callout tone="danger" icon={OctagonMinus} title={t("neverMessage")} className="mb-4">
          {t("suppressedBecause", { reason: because(contact.suppressedAt ? contact.suppressedReason : "listed") })}
        </Callout>
      ) : null}
      {children(query.data, name)}
    </Page>
  );
}
