"use client";

import { Bell, CheckCheck, Settings2 } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useTranslations } from "use-intl";
import { useErrorWords } from "#components/trpc-provider/use-error-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { LoadMore } from "#components/ui/load-more.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { ListTabs } from "#components/ui/tabs.tsx";
import { NotificationList } from "./notification-list.tsx";
import { NotificationSkeleton } from "./notification-skeleton.tsx";
import { useNotifications, useReading, useUnread } from "./use-notifications.ts";

const tabs = ["all", "unread"] as const;

/** Everything one was told in the last 90 days; the tab is in the address. */
export function NotificationsScreen() {
  const t = useTranslations("notifications");
  const common = useTranslations("common");
  const errorWords = useErrorWords();
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("all"));
  const unread = useUnread();
  const { query, rows } = useNotifications({ isUnreadOnly: tab === "unread", limit: 50 });
  const { markRead, markAllRead, isMarking } = useReading();
  return (
    <Page className="max-w-[900px]">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <Button asChild>
              <Link href="/account#notifications">
                <Settings2 aria-hidden />
                {t("settings")}
              </Link>
            </Button>
            {rows && unread > 0 ? (
              <Button isBusy={isMarking} onClick={() => markAllRead(rows)}>
                <CheckCheck aria-hidden />
                {t("markAll")}
              </Button>
            ) : null}
          </>
        }
      />
      <ListTabs
        label={t("title")}
        names={tabs}
        value={tab}
        onValueChange={setTab}
        textOf={(name) => t(`tabs.${name}`)}
        counts={{ unread }}
        className="mt-4 mb-4"
      />
      {query.isError ? (
        <ErrorState title={t("failedTitle")} retryLabel={common("retry")} onRetry={() => query.refetch()}>
          {errorWords(query.error)}
        </ErrorState>
      ) : !rows ? (
        <NotificationSkeleton />
      ) : rows.length === 0 ? (
        <EmptyState icon={Bell} title={tab === "unread" ? t("emptyUnread") : t("emptyTitle")}>
          {tab === "unread" ? null : t("emptyBody")}
        </EmptyState>
      ) : (
        <Card className="overflow-hidden p-0 [&_section:last-child_ul]:border-b-0">
          <NotificationList rows={rows} onOpen={markRead} isRoomy />
        </Card>
      )}
      <LoadMore query={query}>{t("more")}</LoadMore>
    </Page>
  );
}
