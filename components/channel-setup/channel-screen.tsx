"use client";

import { useQuery } from "@tanstack/react-query";
import { CirclePause, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSession } from "#components/session/session-provider.tsx";
import { useTRPC } from "#components/trpc-provider/trpc-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ChannelActions } from "./channel-actions.tsx";
import { ChannelState } from "./channel-state.tsx";
import { ChecksCard } from "./checks-card.tsx";
import { HookCard } from "./hook-card.tsx";
import { MarketingCard } from "./marketing-card.tsx";
import { TestCard } from "./test-card.tsx";

/** One number: whether all is as it must be, its webhook address, a test message, and what one may change. */
export function ChannelScreen({ channelId }: { channelId: string }) {
  const t = useTranslations("channelSetup");
  const own = useTranslations("channelSetup.pauseReasons");
  const reasons = useTranslations("reasons");
  const { can } = useSession();
  const trpc = useTRPC();
  const query = useQuery(trpc.channelSetup.list.queryOptions());
  const channel = query.data?.find((one) => one.id === channelId);
  if (query.isPending)
    return (
      <Page className="max-w-[1000px]">
        <Skeleton className="h-9 w-72" />
        <Skeleton className="mt-4 h-80 w-full" />
      </Page>
    );
  if (query.isError)
    return (
      <Page className="max-w-[1000px]">
        <ErrorState title={t("failedTitle")} retryLabel={t("retry")} onRetry={() => query.refetch()} />
      </Page>
    );
  if (!channel)
    return (
      <Page className="max-w-[1000px]">
        <EmptyState
          icon={SearchX}
          title={t("goneTitle")}
          action={
            <Button asChild>
              <Link href="/channels">{t("toList")}</Link>
            </Button>
          }
        >
          {t("goneBody")}
        </EmptyState>
      </Page>
    );
  const reason = channel.statusReason ?? "";
  const why = own.has(reason) ? own(reason) : reasons.has(reason) ? reasons(reason) : t("pausedBody");
  return (
    <Page className="max-w-[1000px]">
      <PageHeader
        title={<span className="tabular">{channel.phone}</span>}
        aside={<ChannelState channel={channel} />}
        description={[...new Set([channel.name, t(channel.isSandbox ? "atSandbox" : "atMeta")])].join(" · ")}
        actions={can("manage-channels") ? <ChannelActions channel={channel} /> : null}
      />
      {channel.status === "paused" ? (
        <Callout tone="danger" icon={CirclePause} className="mt-4" title={t("pausedTitle")}>
          {why}
        </Callout>
      ) : null}
      <div className="mt-4 grid items-start gap-3 lg:grid-cols-[3fr_2fr]">
        <ChecksCard channelId={channel.id} />
        <div className="space-y-3">
          {channel.hook ? <HookCard channelId={channel.id} hook={channel.hook} /> : null}
          {can("send-test-messages") ? <TestCard isSending={channel.isSending} /> : null}
          {can("manage-channels") ? <MarketingCard channel={channel} /> : null}
        </div>
      </div>
    </Page>
  );
}
