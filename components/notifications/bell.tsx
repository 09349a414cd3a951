"use client";

import { Bell as BellIcon, BellRing, CheckCheck, Settings2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Tooltip } from "#components/ui/tooltip.tsx";
import { NotificationList } from "./notification-list.tsx";
import { useNotifications, useReading, useUnread } from "./use-notifications.ts";

/** The bell of the top bar: how many are not read, and the newest ones in a panel. */
export function Bell() {
  const t = useTranslations("notifications");
  const unread = useUnread();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      className="flex max-h-[min(36rem,var(--radix-popover-content-available-height))] w-[min(25rem,calc(100vw-16px))] flex-col overflow-hidden p-0"
      trigger={
        <IconButton icon={unread > 0 ? BellRing : BellIcon} label={t("bell", { count: unread })} badge={unread} />
      }
    >
      <Panel unread={unread} close={() => setOpen(false)} />
    </Popover>
  );
}

function Panel({ unread, close }: { unread: number; close: () => void }) {
  const t = useTranslations("notifications");
  const common = useTranslations("common");
  const { query, rows } = useNotifications({ isUnreadOnly: false, limit: 20 });
  const { markRead, markAllRead, isMarking } = useReading();
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-1 border-border border-b pr-2 pl-3">
        <h2 className="flex-1 font-semibold">{t("title")}</h2>
        {unread > 0 && rows ? (
          <Button size="dense" variant="quiet" isBusy={isMarking} onClick={() => markAllRead(rows)}>
            <CheckCheck aria-hidden />
            {t("markAll")}
          </Button>
        ) : null}
        <Tooltip text={t("settings")}>
          <Button asChild size="dense" variant="quiet" className="w-7 px-0">
            <Link href="/account#notifications" onClick={close} aria-label={t("settings")}>
              <Settings2 aria-hidden />
            </Link>
          </Button>
        </Tooltip>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {query.isError ? (
          <ErrorState
            title={t("failedTitle")}
            retryLabel={common("retry")}
            onRetry={() => query.refetch()}
            className="rounded-none border-0"
          />
        ) : !rows ? (
          <Loading />
        ) : rows.length === 0 ? (
          <div className="px-6 py-10 text-center">
            <BellIcon aria-hidden className="mx-auto mb-2 size-5 text-tertiary" />
            <p className="font-semibold">{t("emptyTitle")}</p>
            <p className="mt-1 text-secondary text-sm">{t("emptyBody")}</p>
          </div>
        ) : (
          <NotificationList
            rows={rows}
            onOpen={(row) => {
              markRead(row);
              close();
            }}
          />
        )}
      </div>
      {rows && rows.length > 0 ? (
        <Link
          href="/notifications"
          onClick={close}
          className="shrink-0 border-border border-t py-2.5 text-center font-medium text-accent text-sm hover:bg-hover focus-visible:-outline-offset-2"
        >
          {t("all")}
        </Link>
      ) : null}
    </>
  );
}

const Loading = () => (
  <div className="space-y-4 p-3">
    {["w-64", "w-56", "w-72"].map((width) => (
      <div key={width} className="flex gap-3">
        <Skeleton className="size-7 shrink-0 rounded-md" />
        <div className="space-y-2">
          <Skeleton className={`h-3.5 max-w-full ${width}`} />
          <Skeleton className="h-3 w-24" />
        </div>
      </div>
    ))}
  </div>
);
