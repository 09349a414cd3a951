"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { MessageSquareText } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { MessageSheet } from "./message-sheet.tsx";
import { MessagesTable } from "./messages-table.tsx";

const tabs = ["all", "waiting", "sent", "skipped", "failed", "unknown", "received"] as const;

/** The message log: tabs and filters live in the address, the newest page refreshes by itself. */
export function MessagesScreen() {
  const t = useTranslations("messageLog");
  const trpc = useTRPC();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("all"));
  const [flowId] = useQueryState("flow");
  const [contactId] = useQueryState("contact");
  const [openId, setOpenId] = useQueryState("message");
  const query = useInfiniteQuery(
    trpc.messages.list.infiniteQueryOptions(
      { tab, flowId: flowId ?? undefined, contactId: contactId ?? undefined },
      { getNextPageParam: (page) => page.after ?? undefined, initialCursor: undefined, refetchInterval: 5_000 },
    ),
  );
  const rows = query.data?.pages.flatMap((page) => page.rows);
  const counts = query.data?.pages[0]?.counts;
  const open = rows?.find((row) => row.id === openId);
  return (
    <Page>
      <PageHeader title={t("title")} description={t("description")} />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={setTab}
        textOf={(name) => t(`tabs.${name}`)}
        counts={counts}
        className="mt-4 mb-3"
      />
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()}>
          {t("failedBody")}
        </ErrorState>
      ) : (
        <MessagesTable
          rows={rows}
          currentId={openId}
          onOpen={setOpenId}
          empty={
            counts?.all ? (
              <EmptyState
                icon={MessageSquareText}
                title={t("noneTitle")}
                action={<Button onClick={() => setTab("all")}>{t("showAll")}</Button>}
              >
                {t("noneBody")}
              </EmptyState>
            ) : (
              <EmptyState icon={MessageSquareText} title={t("emptyTitle")}>
                {t("emptyBody")}
              </EmptyState>
            )
          }
        />
      )}
      <LoadMore query={query}>{t("more")}</LoadMore>
      <MessageSheet row={open} onClose={() => setOpenId(null)} />
    </Page>
  );
}
